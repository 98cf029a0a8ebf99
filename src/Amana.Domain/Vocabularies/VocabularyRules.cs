using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Vocabularies;

/// <summary>Changing an entry of a list, and laying lists of ages beside one another.</summary>
public static class VocabularyRules
{
    /// <summary>Changes an entry or adds one. Codes are what systems match, so they are short, without spaces, and never change; an entry is retired, not removed.</summary>
    public static Decision<TermEdited> Edit(VocabularyList list, EditTerm command, StaffId by, DateTimeOffset now)
    {
        var code = command.TermCode.Trim();
        var errors = new FieldErrors().Text(nameof(command.Note), command.Note, 500)
            .Must(code.Length is > 0 and <= 40 && !code.Any(char.IsWhiteSpace), nameof(command.TermCode), "vocabulary.code-shape", Principle.Coordination)
            .Must(command.Label.Has("en"), nameof(command.Label), "vocabulary.label-missing", Principle.Coordination)
            .Must(command.Label.ByLanguage.Values.All(l => l.Length <= 300), nameof(command.Label), "vocabulary.label-too-long", Principle.Coordination);
        return errors.Any ? errors.All : new TermEdited
        {
            ListCode = list.Code, TermCode = list.Term(code)?.Code ?? code, Label = command.Label, Checked = command.Checked, Retired = command.Retired, Note = command.Note.Trim(), By = by, At = now,
        };
    }

    /// <summary>The list as this operation uses it: changed entries in their place, added ones last.</summary>
    public static VocabularyList With(VocabularyList list, IEnumerable<EditedTerm> edits)
    {
        var byCode = edits.Where(e => e.ListCode == list.Code).ToDictionary(e => e.TermCode, StringComparer.Ordinal);
        var terms = list.Terms.Select(t => byCode.Remove(t.Code, out var edit) ? Changed(t, edit) : t).ToList();
        return list with { Terms = [.. terms, .. byCode.Values.OrderBy(e => e.EditedAt).Select(e => Changed(new Term { Code = e.TermCode }, e))] };
    }

    private static Term Changed(Term term, EditedTerm edit) => term with { Label = edit.Label, Checked = edit.Checked, Retired = edit.Retired, Note = edit.Note, Edited = true };

    /// <summary>How the age groups of one list fall into those of another: each with every group of the other that shares a year with it.
    /// A group that falls into one alone can be counted there; one that is cut cannot, and no figure is guessed.</summary>
    public static IReadOnlyList<AgeMatch> Ages(VocabularyList from, VocabularyList to) =>
    [
        .. from.Terms.Where(t => t.From is not null).Select(t =>
        {
            var met = to.Terms.Where(o => o.From is not null && o.From <= t.To && t.From <= o.To).ToList();
            return new AgeMatch(t.Code, [.. met.Select(o => o.Code)],
                met.Count == 1 && met[0].From == t.From && met[0].To == t.To ? AgeFit.Same : met.Count == 1 ? AgeFit.Within : AgeFit.Cut);
        }),
    ];

    /// <summary>True for a list whose groups can be laid beside others by age.</summary>
    public static bool HasAges(VocabularyList list) => list.Terms.Any(t => t.From is not null);
}

/// <summary>One age group of a list, with the groups of another list that it meets.</summary>
public sealed record AgeMatch(string Code, IReadOnlyList<string> Others, AgeFit Fit);

/// <summary>The same years; within one group of the other list; or cut by its borders, so that counts cannot be carried over.</summary>
public enum AgeFit { Same, Within, Cut }
