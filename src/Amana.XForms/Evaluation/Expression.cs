namespace Amana.XForms.Evaluation;

/// <summary>An expression, or why the text is none.</summary>
/// <param name="Expression">The expression; null when there is a problem.</param>
/// <param name="Problem">The problem; null when there is an expression.</param>
public readonly record struct ParsedExpression(Expression? Expression, ExpressionProblem? Problem);

/// <summary>What an expression gave, or why it gave nothing.</summary>
/// <param name="Value">The value; the empty text when there is a problem.</param>
/// <param name="Problem">The problem, or null.</param>
public readonly record struct Evaluated(XPathValue Value, ExpressionProblem? Problem);

/// <summary>
/// A parsed expression of the ODK dialect of XPath 1.0 (ODK XForms specification). It is immutable and can be evaluated any number of times and from several
/// threads. Neither parsing nor evaluating throws for what a form says, and both end: what is too long, too deep or takes too many steps is refused.
/// </summary>
public sealed class Expression
{
    private Expression(string text, Syntax syntax)
    {
        Text = text;
        Syntax = syntax;
        IsVolatile = PathResolver.Calls(syntax, static function => function.IsVolatile);
    }

    /// <summary>The expression as the form writes it.</summary>
    public string Text { get; }

    /// <summary>The parsed form; <see cref="Syntax.ToString"/> prints it in one canonical way.</summary>
    public Syntax Syntax { get; }

    /// <summary>Whether its value depends on moment, chance or device, so that it cannot be worked out again elsewhere.</summary>
    internal bool IsVolatile { get; }

    /// <summary>Parses a text.</summary>
    public static ParsedExpression Parse(string text, EvaluationLimits? limits = null)
    {
        var syntax = Parser.Parse(text, limits ?? EvaluationLimits.Standard, out var problem);
        return syntax is null ? new ParsedExpression(null, problem) : new ParsedExpression(new Expression(text, syntax), null);
    }

    /// <summary>Names of all functions that expressions may call.</summary>
    public static IReadOnlyCollection<string> FunctionNames => FunctionLibrary.Names;

    /// <summary>Evaluates at a node of an instance.</summary>
    /// <param name="node">The context node.</param>
    /// <param name="context">What lies outside the form.</param>
    public Evaluated Evaluate(InstanceNode node, EvaluationContext context)
    {
        var document = node;
        while (document.Parent is not null)
            document = document.Parent;
        var evaluator = new Evaluator(document, context);
        var value = evaluator.Unpack(evaluator.Evaluate(Syntax, Scope.At(node)), Syntax);
        return new Evaluated(evaluator.Problem is null ? value : XPathValue.Empty, evaluator.Problem);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
