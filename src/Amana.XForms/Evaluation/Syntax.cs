using System.Text;

namespace Amana.XForms.Evaluation;

/// <summary>A node of a parsed expression. It knows where it stands in the text and how deep it is, and prints itself in one canonical way.</summary>
public abstract class Syntax
{
    private protected Syntax(int position, int depth)
    {
        Position = position;
        Depth = depth;
    }

    /// <summary>0-based position in the expression's text.</summary>
    public int Position { get; }

    internal int Depth { get; }

    internal abstract void Print(StringBuilder to);

    /// <inheritdoc/>
    public override string ToString()
    {
        var to = new StringBuilder();
        Print(to);
        return to.ToString();
    }

    internal static int Deepest(IReadOnlyList<Syntax> nodes)
    {
        var deepest = 0;
        for (var i = 0; i < nodes.Count; i++)
            deepest = Math.Max(deepest, nodes[i].Depth);
        return deepest;
    }

    internal static void PrintList(StringBuilder to, IReadOnlyList<Syntax> nodes)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (i > 0)
                to.Append(", ");
            nodes[i].Print(to);
        }
    }
}

internal sealed class NumberSyntax(int position, string digits, double value) : Syntax(position, 1)
{
    public XPathValue Value { get; } = XPathValue.Of(value);

    internal override void Print(StringBuilder to) => to.Append(digits);
}

internal sealed class TextSyntax(int position, string value) : Syntax(position, 1)
{
    public string Text => value;

    public XPathValue Value { get; } = XPathValue.Of(value);

    internal override void Print(StringBuilder to)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) ? '"' : '\'';
        to.Append(quote).Append(value).Append(quote);
    }
}

internal enum BinaryOperator
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Union,
}

internal sealed class BinarySyntax(int position, BinaryOperator op, Syntax left, Syntax right)
    : Syntax(position, 1 + Math.Max(left.Depth, right.Depth))
{
    private static readonly string[] s_words = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "|"];

    public BinaryOperator Operator => op;

    public Syntax Left => left;

    public Syntax Right => right;

    internal override void Print(StringBuilder to)
    {
        PrintOperand(to, left, 0);
        to.Append(' ').Append(s_words[(int)op]).Append(' ');
        PrintOperand(to, right, 1);
    }

    private void PrintOperand(StringBuilder to, Syntax operand, int tighter)
    {
        var brackets = operand switch
        {
            BinarySyntax inner => Precedence(inner.Operator) < Precedence(op) + tighter,
            NegateSyntax => op == BinaryOperator.Union,
            _ => false,
        };
        if (brackets)
            to.Append('(');
        operand.Print(to);
        if (brackets)
            to.Append(')');
    }

    internal static int Precedence(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And => 2,
        BinaryOperator.Equal or BinaryOperator.NotEqual => 3,
        BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => 4,
        BinaryOperator.Add or BinaryOperator.Subtract => 5,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo => 6,
        _ => 8,
    };

    internal static bool TryRead(string word, out BinaryOperator op)
    {
        var at = Array.IndexOf(s_words, word);
        op = (BinaryOperator)Math.Max(0, at);
        return at >= 0;
    }
}

internal sealed class NegateSyntax(int position, Syntax operand) : Syntax(position, 1 + operand.Depth)
{
    public Syntax Operand => operand;

    internal override void Print(StringBuilder to)
    {
        // Unary minus binds tighter than every operator but the union.
        var brackets = operand is BinarySyntax { Operator: not BinaryOperator.Union };
        to.Append('-');
        if (brackets)
            to.Append('(');
        operand.Print(to);
        if (brackets)
            to.Append(')');
    }
}

internal sealed class CallSyntax(int position, Function function, Syntax[] arguments) : Syntax(position, 1 + Deepest(arguments))
{
    public Function Function => function;

    public Syntax[] Arguments => arguments;

    internal override void Print(StringBuilder to)
    {
        to.Append(function.Name).Append('(');
        PrintList(to, arguments);
        to.Append(')');
    }
}

internal enum Axis
{
    Child,
    Self,
    Parent,
    Attribute,
    DescendantOrSelf,
}

/// <summary>One step of a path. Names are local names: instances of one form never tell two names apart by their prefix alone.</summary>
internal sealed class StepSyntax(int position, Axis axis, string name, Syntax[] predicates) : Syntax(position, 1 + Deepest(predicates))
{
    public Axis Axis => axis;

    public string Name => name;

    public string LocalName { get; } = string.Intern(name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    public Syntax[] Predicates => predicates;

    internal override void Print(StringBuilder to)
    {
        to.Append(axis switch
        {
            Axis.Self => ".",
            Axis.Parent => "..",
            Axis.Attribute => "@" + name,
            Axis.DescendantOrSelf => "",
            _ => name,
        });
        PrintPredicates(to, predicates);
    }

    internal static void PrintPredicates(StringBuilder to, Syntax[] predicates)
    {
        foreach (var predicate in predicates)
        {
            to.Append('[');
            predicate.Print(to);
            to.Append(']');
        }
    }
}

/// <summary>A path: from the root, from the context node, or from what another expression gives.</summary>
internal sealed class PathSyntax(int position, bool absolute, Syntax? start, Syntax[] startPredicates, StepSyntax[] steps)
    : Syntax(position, 1 + Math.Max(Math.Max(Deepest(steps), Deepest(startPredicates)), start?.Depth ?? 0))
{
    public bool Absolute => absolute;

    public Syntax? Start => start;

    public Syntax[] StartPredicates => startPredicates;

    public StepSyntax[] Steps => steps;

    internal override void Print(StringBuilder to)
    {
        if (start is not null)
            PrintStart(to);
        for (var i = 0; i < steps.Length; i++)
        {
            if (i > 0 || absolute || start is not null)
                to.Append('/');
            steps[i].Print(to);
        }

        if (absolute && steps.Length == 0)
            to.Append('/');
    }

    private void PrintStart(StringBuilder to)
    {
        var brackets = start is BinarySyntax or NegateSyntax or PathSyntax;
        if (brackets)
            to.Append('(');
        start!.Print(to);
        if (brackets)
            to.Append(')');
        StepSyntax.PrintPredicates(to, startPredicates);
    }
}
