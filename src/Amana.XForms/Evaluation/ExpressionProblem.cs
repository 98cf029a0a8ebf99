namespace Amana.XForms.Evaluation;

/// <summary>What kind of thing went wrong with an expression.</summary>
public enum ProblemKind
{
    /// <summary>The text is not an expression of the ODK dialect of XPath.</summary>
    Syntax,

    /// <summary>A function that the dialect does not have, or one called with the wrong number of arguments.</summary>
    Function,

    /// <summary>A value that cannot be used where it stands (several nodes where one is needed, a date that is none).</summary>
    Value,

    /// <summary>The expression is too long, too deep, or takes too many steps.</summary>
    Limit,

    /// <summary>A secondary instance that the form names and that was not given.</summary>
    MissingInstance,
}

/// <summary>Why an expression cannot be used: where (0-based position in its text) and what, in plain words.</summary>
/// <param name="Kind">The kind of problem.</param>
/// <param name="Position">0-based position in the expression's text.</param>
/// <param name="Message">Plain words for the person who wrote the form.</param>
/// <param name="Subject">The name at fault (a function, an instance), or empty.</param>
public sealed record ExpressionProblem(ProblemKind Kind, int Position, string Message, string Subject = "");

/// <summary>Bounds of expressions and of their evaluation. Whatever passes them is refused, so that no form can hang or exhaust the server.</summary>
public sealed record EvaluationLimits
{
    /// <summary>Longest expression, in characters.</summary>
    public int Length { get; init; } = 100_000;

    /// <summary>Deepest nesting of a parsed expression.</summary>
    public int Depth { get; init; } = 600;

    /// <summary>Most steps (parts of the expression worked out plus nodes of the instance visited) of one evaluation.</summary>
    public int Steps { get; init; } = 1_500_000;

    /// <summary>Most steps of all evaluations of one session or one check together.</summary>
    public long TotalSteps { get; init; } = 5_000_000;

    /// <summary>Longest text that an expression may make, in characters.</summary>
    public int Text { get; init; } = 200_000;

    /// <summary>Longest text that all expressions of one session or check may make together, in characters.</summary>
    public long TotalText { get; init; } = 5_000_000;

    /// <summary>Limits that every form seen in the field keeps.</summary>
    public static EvaluationLimits Standard { get; } = new();
}
