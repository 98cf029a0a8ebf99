using System.Text;

namespace Amana.XForms.Evaluation;

/// <summary>A text that people read: pieces that stand as they are and pieces that are answers, or a reference to a translation.</summary>
public sealed class CompiledText
{
    private readonly List<(string? Text, Expression? Value)> _parts;
    private readonly Expression? _reference;

    internal CompiledText(List<(string? Text, Expression? Value)> parts) => _parts = parts;

    internal CompiledText(Expression reference)
    {
        _parts = [];
        _reference = reference;
    }

    internal static CompiledText Empty { get; } = new([]);

    internal static CompiledText Of(string text) => new([(text, null)]);

    internal IEnumerable<Expression> Expressions =>
        _parts.Where(part => part.Value is not null).Select(part => part.Value!).Concat(_reference is null ? [] : [_reference]);

    /// <summary>The translation's name where the text is a reference to one by a fixed name; else null.</summary>
    internal string? TranslationName =>
        _reference?.Syntax is CallSyntax { Function.Name: "jr:itext", Arguments: [TextSyntax name] } ? name.Text : null;

    internal string In(Evaluator evaluator, in Scope scope)
    {
        if (TranslationName is { } name && scope.Node.Definition?.Form is { } form)
            return form.Translation(name, evaluator.Language).In(evaluator, scope);
        if (_reference is not null)
            return evaluator.Text(_reference.Syntax, scope);
        if (_parts is [{ Value: null }])
            return _parts[0].Text!;
        var text = new StringBuilder();
        foreach (var (fixedText, value) in _parts)
            text.Append(value is null ? fixedText : evaluator.Text(value.Syntax, scope));
        return text.Length > evaluator.Context.Limits.Text ? "" : text.ToString();
    }
}
