using Amana.Domain.Shared;

namespace Amana.Domain.Vocabularies;

/// <summary>A list of the field's words as it ships: code, version, where it comes from, and whether its source could be read (CO-3).
/// Labels in languages other than the source's are this product's own.</summary>
/// <param name="Code">Such as <c>protection-risks</c>.</param>
/// <param name="Version">Of the list here, not of its source.</param>
/// <param name="Checked">The source's own text was read; else the entry is general knowledge and waits for someone to check it.</param>
/// <param name="Source">Document, with what could not be read of it.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Terms">In the source's order.</param>
public sealed record VocabularyList(string Code, string Version, bool Checked, string Source, LocalText Name, IReadOnlyList<Term> Terms)
{
    public Term? Term(string code) => Terms.FirstOrDefault(t => string.Equals(t.Code, code, StringComparison.OrdinalIgnoreCase));

    /// <summary>The terms that are still offered.</summary>
    public IEnumerable<Term> Current => Terms.Where(t => !t.Retired);
}

/// <summary>One word of a list.</summary>
public sealed record Term
{
    /// <summary>Exactly as systems must match it.</summary>
    public required string Code { get; init; }

    public LocalText Label { get; init; } = LocalText.Empty;

    /// <summary>Ages in whole years, both ends included, for lists of age groups.</summary>
    public int? From { get; init; }

    public int? To { get; init; }

    /// <summary>False where this entry alone could not be read in the source.</summary>
    public bool Checked { get; init; } = true;

    /// <summary>Kept for old data and no longer offered.</summary>
    public bool Retired { get; init; }

    /// <summary>The same word in other systems: name of the system to its code.</summary>
    public IReadOnlyDictionary<string, string> Codes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Why somebody of the operation changed the entry.</summary>
    public string? Note { get; init; }

    /// <summary>Changed or added by this operation.</summary>
    public bool Edited { get; init; }
}

/// <summary>An entry as the operation changed or added it; the shipped one stays beneath and comes back when this is withdrawn.</summary>
public sealed class EditedTerm
{
    private EditedTerm() { }

    public string ListCode { get; private set; } = "";
    public string TermCode { get; private set; } = "";
    public LocalText Label { get; private set; } = LocalText.Empty;
    public bool Checked { get; private set; }
    public bool Retired { get; private set; }
    public string Note { get; private set; } = "";
    public StaffId EditedBy { get; private set; }
    public DateTimeOffset EditedAt { get; private set; }

    public static EditedTerm Of(TermEdited change)
    {
        var term = new EditedTerm { ListCode = change.ListCode, TermCode = change.TermCode };
        term.Apply(change);
        return term;
    }

    public void Apply(TermEdited change) =>
        (Label, Checked, Retired, Note, EditedBy, EditedAt) = (change.Label, change.Checked, change.Retired, change.Note, change.By, change.At);
}

public sealed record TermEdited : Change
{
    internal TermEdited() { }
    public string ListCode { get; internal init; } = "";
    public string TermCode { get; internal init; } = "";
    public LocalText Label { get; internal init; } = LocalText.Empty;
    public bool Checked { get; internal init; }
    public bool Retired { get; internal init; }
    public string Note { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>What somebody says of one entry.</summary>
public sealed record EditTerm(string ListCode, string TermCode, LocalText Label, bool Checked, bool Retired, string Note);
