using Amana.Domain.Forms;

namespace Amana.Domain.Vocabularies;

/// <summary>Codes of a question that its list does not have.</summary>
public sealed record UnknownCodes(string Element, string List, IReadOnlyList<string> Codes);

/// <summary>Looks the codes of questions up in the lists (CO-3). A question claims a list by the part it plays (sex, age group, the short set's questions) or because its choices bear the list's name. A code stands in a list
/// as the list's own or as the same word's code in another system (the crosswalk); "other", "does not know" and the like end any list.</summary>
public static class CommonCodes
{
    private static readonly HashSet<string> OpenEnds = new(StringComparer.OrdinalIgnoreCase) { "other", "none", "dk", "pns", "unknown", "refused", "not_applicable", "96", "97", "98", "99" };

    /// <summary>The codes that are not in the list that the question claims; none where it claims no list, or has no codes at all. A list that is claimed and not there has none of them.</summary>
    public static UnknownCodes? Unknown(IReadOnlyList<VocabularyList> lists, Element element)
    {
        if (!element.IsCoded || element.Ask is not null || Claimed(lists, element) is not { } claim)
            return null;
        var codes = element.Choices.Select(c => c.Code).Where(c => !OpenEnds.Contains(c)).ToList();
        // Several lists of age groups are in use: one of them must know every code.
        var missing = claim.Lists.Select(l => (l.Code, Codes: codes.Where(c => !Knows(l, c)).ToList())).DefaultIfEmpty((claim.Name, codes)).MinBy(m => m.Item2.Count);
        return missing.Item2.Count == 0 ? null : new UnknownCodes(element.Name, missing.Item1, missing.Item2);
    }

    private static (string Name, IReadOnlyList<VocabularyList> Lists)? Claimed(IReadOnlyList<VocabularyList> lists, Element element)
    {
        IReadOnlyList<VocabularyList> Named(string code) => [.. lists.Where(l => l.Code == code)];
        if (element.Role == ElementRole.Sex)
            return ("sex", Named("sex"));
        if (element.Role == ElementRole.AgeGroup)
            return ("age-unhcr", [.. lists.Where(VocabularyRules.HasAges)]);
        if (element.Role is >= ElementRole.DifficultySeeing and <= ElementRole.DifficultyCommunicating)
            return ("wgss-answers", Named("wgss-answers"));
        return element.ChoiceList?.Replace('_', '-').ToLowerInvariant() is { } name && Named(name) is { Count: > 0 } bearing ? (name, bearing) : null;
    }

    private static bool Knows(VocabularyList list, string code) =>
        list.Terms.Any(t => string.Equals(t.Code, code, StringComparison.OrdinalIgnoreCase) || t.Codes.Values.Any(c => string.Equals(c.TrimStart('+'), code, StringComparison.OrdinalIgnoreCase)));
}
