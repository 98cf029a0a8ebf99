namespace Amana.XForms.Evaluation;

/// <summary>What can be wrong with the answer to one question.</summary>
public enum AnswerFault
{
    /// <summary>An answer is required and none is there.</summary>
    Missing,

    /// <summary>The answer is not of the question's type.</summary>
    WrongType,

    /// <summary>The answer is none of the choices on offer.</summary>
    NoSuchChoice,

    /// <summary>The answer does not meet the question's constraint.</summary>
    ConstraintNotMet,
}

/// <summary>Judges answers of questions that count, by the rules of the form. Shared by the web form and by the check of submissions.</summary>
internal sealed class AnswerCheck
{
    private const string NotOffered = "The answer is none of the choices on offer.";
    private readonly RuleRunner _runner;

    public AnswerCheck(RuleRunner runner) => _runner = runner;

    /// <summary>Lists that could not be looked into because their files were not given.</summary>
    public HashSet<string> MissingLists { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether an answer is required now.</summary>
    public bool IsRequired(InstanceNode node) =>
        node.Definition?.Required is { } required && _runner.Value(node, required, "required") is { } value && value.AsBoolean();

    /// <summary>Whether it may not be changed now.</summary>
    public bool IsReadOnly(InstanceNode node) =>
        node.Definition?.ReadOnly is { } readOnly && _runner.Value(node, readOnly, "readonly") is { } value && value.AsBoolean();

    /// <summary>What is wrong with the answer, and in which words; null when nothing is.</summary>
    public (AnswerFault Fault, string Message)? Judge(InstanceNode node)
    {
        var definition = node.Definition!;
        if (node.Text.Length == 0)
        {
            return IsRequired(node)
                ? (AnswerFault.Missing, Said(definition.RequiredMessage, node) ?? AnswerError.Needed)
                : null;
        }

        if (AnswerFormat.Fault(node.Text, definition.Type) is { } fault)
            return (AnswerFault.WrongType, fault);
        if (WrongChoice(node, definition) is { } choice)
            return (AnswerFault.NoSuchChoice, choice);
        if (definition.Constraint is { } constraint && _runner.Value(node, constraint, "constraint") is { } met && !met.AsBoolean())
            return (AnswerFault.ConstraintNotMet, Said(definition.ConstraintMessage, node) ?? AnswerError.NotAllowed);
        return null;
    }

    private string? WrongChoice(InstanceNode node, CompiledNode definition)
    {
        if (definition.Control is not { Kind: ControlKind.SelectOne or ControlKind.SelectMany or ControlKind.Rank } control)
            return null;
        var values = Choices.Values(_runner.Evaluator, control, node, out var problem);
        if (problem is { Kind: ProblemKind.MissingInstance })
            MissingLists.Add(problem.Subject);
        if (values is null || (values.Count == 0 && control.ItemList is null))
            return null;
        if (control.Kind == ControlKind.SelectOne)
            return values.Contains(node.Text) ? null : NotOffered;
        var chosen = ListFunctions.Split(node.Text);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in chosen)
        {
            if (!values.Contains(value))
                return NotOffered;
            if (!seen.Add(value))
                return "One choice is chosen twice.";
        }

        return null;
    }

    private string? Said(CompiledText? message, InstanceNode node)
    {
        if (message is null)
            return null;
        var text = message.In(_runner.Evaluator, Scope.At(node));
        return text.Length > 0 ? text : null;
    }
}
