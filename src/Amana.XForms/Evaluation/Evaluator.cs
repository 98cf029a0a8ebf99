using System.Globalization;
using System.Runtime.CompilerServices;

namespace Amana.XForms.Evaluation;

/// <summary>
/// Evaluates parsed expressions over an instance under one budget of steps. The first problem stops the evaluation that met it;
/// from then on everything in it is empty. It never throws for what a form says.
/// </summary>
internal sealed partial class Evaluator
{
    private const int DeepestEvaluation = 3_000;
    private CultureInfo? _culture;
    private int _depth;
    private int _steps;
    private long _stepsLeft;
    private long _textLeft;

    public Evaluator(InstanceNode document, EvaluationContext context, CompiledForm? form = null)
    {
        Document = document;
        Context = context;
        Form = form;
        Random = new Random(context.Seed);
        Offset = context.Offset;
        Now = context.LocalNow;
        Language = context.Language;
        Refill();
    }

    /// <summary>The document node of the form's own data.</summary>
    public InstanceNode Document { get; }

    public EvaluationContext Context { get; }

    public CompiledForm? Form { get; }

    public Random Random { get; }

    public TimeSpan Offset { get; set; }

    /// <summary>The moment that now() gives.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>The language of labels; null takes the form's default.</summary>
    public string? Language { get; set; }

    /// <summary>Names of months and days follow the language of the labels, where it has a code.</summary>
    public CultureInfo Culture => _culture ??= Languages.CultureOf(Language);

    /// <summary>Whether a record saved before, that was not given, is one that does not exist (and reads empty) rather than one that is not known here.</summary>
    public bool HasNoLastSaved { get; set; }

    /// <summary>The problem of the last evaluation, or null.</summary>
    public ExpressionProblem? Problem { get; private set; }

    /// <summary>Steps taken by the last evaluation.</summary>
    public int Steps => _steps;

    /// <summary>Forgets the last problem and begins a new evaluation.</summary>
    public void Clear()
    {
        Problem = null;
        _steps = 0;
        _depth = 0;
    }

    public XPathValue Evaluate(Syntax syntax, in Scope scope)
    {
        Clear();
        var value = Value(syntax, scope);
        return Problem is null ? value : XPathValue.Empty;
    }

    /// <summary>Stops this evaluation with a problem; what comes back is empty.</summary>
    public XPathValue Fail(Syntax at, string message, ProblemKind kind = ProblemKind.Value, string subject = "")
    {
        Problem ??= new ExpressionProblem(kind, at.Position, message, subject);
        return XPathValue.Empty;
    }

    /// <summary>Gives back the whole budget that all evaluations together may spend.</summary>
    public void Refill()
    {
        _stepsLeft = Context.Limits.TotalSteps;
        _textLeft = Context.Limits.TotalText;
    }

    /// <summary>A text that was made; empty, with a problem, when it or all that were made are too long.</summary>
    public XPathValue Made(string text, Syntax at)
    {
        _textLeft -= text.Length;
        return text.Length <= Context.Limits.Text && _textLeft >= 0
            ? XPathValue.Of(text)
            : Fail(at, "The expression makes a text that is too long.", ProblemKind.Limit);
    }

    /// <summary>Pays for work; false when the budget is spent.</summary>
    public bool Spend(int steps, Syntax at)
    {
        _steps += steps;
        _stepsLeft -= steps;
        if (_steps <= Context.Limits.Steps && _stepsLeft >= 0)
            return true;
        Fail(at, "The expression takes too many steps to be worked out.", ProblemKind.Limit);
        return false;
    }

    public XPathValue Value(Syntax syntax, in Scope scope)
    {
        if (Problem is not null || !Spend(1, syntax))
            return XPathValue.Empty;
        if (++_depth > DeepestEvaluation || ((_depth & 15) == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack()))
            return Fail(syntax, "The expression is nested too deeply.", ProblemKind.Limit);
        var value = syntax switch
        {
            NumberSyntax number => number.Value,
            TextSyntax text => text.Value,
            PathSyntax path => Path(path, scope),
            BinarySyntax binary => Binary(binary, scope),
            NegateSyntax negate => XPathValue.Of(-Number(negate.Operand, scope)),
            CallSyntax call => call.Function.Body(this, call, scope),
            _ => Fail(syntax, "This cannot be worked out."),
        };
        _depth--;
        return value;
    }

    /// <summary>One value out of an expression: a node set of one node gives its answer by its type, of none the empty text, of several a problem.</summary>
    public XPathValue Single(Syntax syntax, in Scope scope) => Unpack(Value(syntax, scope), syntax);

    public string Text(Syntax syntax, in Scope scope) => Single(syntax, scope).AsText();

    public double Number(Syntax syntax, in Scope scope) => Single(syntax, scope).AsNumber();

    public bool Boolean(Syntax syntax, in Scope scope) => Single(syntax, scope).AsBoolean();

    public XPathValue Unpack(XPathValue value, Syntax at)
    {
        if (value.Kind != ValueKind.Nodes)
            return value;
        return value.NodeCount switch
        {
            0 => XPathValue.Empty,
            1 => Answer(value.NodeAt(0)),
            _ => Fail(at, $"Several nodes called {value.NodeAt(0).Name} are here where one value is needed; indexed-repeat() says which."),
        };
    }

    /// <summary>A node's answer as a value of its type.</summary>
    public XPathValue Answer(InstanceNode node)
    {
        var text = node.Text;
        if (text.Length == 0 || node.Definition is not { } definition)
            return XPathValue.Of(text);
        switch (definition.Type)
        {
            case AnswerType.Int or AnswerType.Decimal:
                var number = Numbers.Read(text);
                return double.IsNaN(number) ? XPathValue.Of(text) : XPathValue.Of(number);
            case AnswerType.Date or AnswerType.DateTime:
                return Moments.TryRead(text, Offset, out var moment) ? XPathValue.Of(moment) : XPathValue.Of(text);
            case AnswerType.Time:
                return Moments.TryReadTimeOfDay(text, Offset, out var time) ? XPathValue.Of(time) : XPathValue.Of(text);
            case AnswerType.Boolean:
                return text is "1" or "true" ? XPathValue.True : text is "0" or "false" ? XPathValue.False : XPathValue.Of(text);
            default:
                return XPathValue.Of(text);
        }
    }

    private XPathValue Binary(BinarySyntax binary, in Scope scope)
    {
        switch (binary.Operator)
        {
            case BinaryOperator.Or:
                return XPathValue.Of(Boolean(binary.Left, scope) || Boolean(binary.Right, scope));
            case BinaryOperator.And:
                return XPathValue.Of(Boolean(binary.Left, scope) && Boolean(binary.Right, scope));
            case BinaryOperator.Union:
                return Union(binary, scope);
            case BinaryOperator.Equal or BinaryOperator.NotEqual:
                var left = Single(binary.Left, scope);
                var right = Single(binary.Right, scope);
                return XPathValue.Of(Same(left, right) == (binary.Operator == BinaryOperator.Equal));
            default:
                return Arithmetic(binary.Operator, Number(binary.Left, scope), Number(binary.Right, scope));
        }
    }

    private static XPathValue Arithmetic(BinaryOperator op, double left, double right) => op switch
    {
        BinaryOperator.Less => XPathValue.Of(left < right),
        BinaryOperator.LessOrEqual => XPathValue.Of(left <= right),
        BinaryOperator.Greater => XPathValue.Of(left > right),
        BinaryOperator.GreaterOrEqual => XPathValue.Of(left >= right),
        BinaryOperator.Add => XPathValue.Of(left + right),
        BinaryOperator.Subtract => XPathValue.Of(left - right),
        BinaryOperator.Multiply => XPathValue.Of(left * right),
        BinaryOperator.Divide => XPathValue.Of(left / right),
        _ => XPathValue.Of(left % right),
    };

    private static bool Same(in XPathValue left, in XPathValue right)
    {
        if (left.Kind == ValueKind.Boolean || right.Kind == ValueKind.Boolean)
            return left.AsBoolean() == right.AsBoolean();
        if (left.Kind == ValueKind.Number || right.Kind == ValueKind.Number)
        {
            var (a, b) = (left.AsNumber(), right.AsNumber());
            return a.Equals(b) ? !double.IsNaN(a) : Math.Abs(a - b) < 1e-12;
        }

        return string.Equals(left.AsText(), right.AsText(), StringComparison.Ordinal);
    }

    private XPathValue Union(BinarySyntax binary, in Scope scope)
    {
        var left = Value(binary.Left, scope);
        var right = Value(binary.Right, scope);
        if (left.Kind != ValueKind.Nodes || right.Kind != ValueKind.Nodes)
            return Problem is null ? Fail(binary, "| joins nodes only.") : XPathValue.Empty;
        var nodes = new List<InstanceNode>(left.NodeCount + right.NodeCount);
        var seen = new HashSet<InstanceNode>();
        foreach (var side in (ReadOnlySpan<XPathValue>)[left, right])
        {
            for (var i = 0; i < side.NodeCount && Spend(1, binary); i++)
            {
                if (seen.Add(side.NodeAt(i)))
                    nodes.Add(side.NodeAt(i));
            }
        }

        return XPathValue.Of(nodes);
    }
}
