namespace Amana.Domain.Forms;

/// <summary>One difference between two versions of a form.</summary>
/// <param name="Path">The element.</param>
/// <param name="Kind">Added, removed, or what of it changed.</param>
/// <param name="Before">How it was: a type, codes, a need; never more than the form itself says.</param>
/// <param name="After">How it is.</param>
public sealed record FormDifference(string Path, FormDifferenceKind Kind, string Before, string After);

/// <summary>What of an element differs between two versions.</summary>
public enum FormDifferenceKind { Added, Removed, Type, Wording, Choices, Need, Sensitivity, Part }

/// <summary>Two versions of a form side by side: what is asked anew, no longer, or otherwise (DNH-4 begins with such a change).</summary>
public static class FormComparison
{
    /// <summary>All differences, in the order of the newer version, removed elements last. Empty for versions that ask the same.</summary>
    public static IReadOnlyList<FormDifference> Of(FormVersion before, FormVersion after) =>
    [
        .. after.Elements.SelectMany(e => before.Element(e.Path) is { } old ? Between(old, e) : [new FormDifference(e.Path, FormDifferenceKind.Added, "", e.Type)]),
        .. before.Elements.Where(e => after.Element(e.Path) is null).Select(e => new FormDifference(e.Path, FormDifferenceKind.Removed, e.Type, "")),
    ];

    private static IEnumerable<FormDifference> Between(Element before, Element after) => new[]
    {
        Unless(before.Type, after.Type, FormDifferenceKind.Type), Unless(Said(before), Said(after), FormDifferenceKind.Wording), Unless(Codes(before), Codes(after), FormDifferenceKind.Choices),
        Unless(before.NeedCode ?? "", after.NeedCode ?? "", FormDifferenceKind.Need), Unless(before.Sensitivity?.ToString() ?? "", after.Sensitivity?.ToString() ?? "", FormDifferenceKind.Sensitivity),
        Unless(PartOf(before), PartOf(after), FormDifferenceKind.Part),
    }.OfType<(FormDifferenceKind Kind, string Before, string After)>().Select(d => new FormDifference(after.Path, d.Kind, d.Before, d.After));

    private static (FormDifferenceKind, string, string)? Unless(string before, string after, FormDifferenceKind kind) =>
        string.Equals(before, after, StringComparison.Ordinal) ? null : (kind, before, after);

    private static string Said(Element element) => string.Join(" / ", element.Label.ByLanguage.Select(l => $"{l.Key}: {l.Value}"));

    private static string Codes(Element element) => string.Join(' ', element.Choices.Select(c => c.Code));

    private static string PartOf(Element element) => element.Ask?.ToString() ?? (element.Role == ElementRole.None ? "" : element.Role.ToString());
}
