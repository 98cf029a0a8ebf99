namespace Amana.Features.Platform;

/// <summary>What one submission adds to the store: rows that are new, and nothing that changes a row which is there. All of it is kept, or nothing.</summary>
/// <param name="Mark">The row by which a repetition is known. Where it is there already, nothing of the rest is added.</param>
/// <param name="Rows">The other new rows.</param>
/// <param name="Sum">A count to add to, if there is one: added to the row of the same key, or made.</param>
public sealed record Additions(object Mark, IReadOnlyList<object> Rows, CountRow? Sum = null);

/// <summary>A row whose count is added to what is there.</summary>
/// <param name="Row">The row, with the count to add.</param>
/// <param name="Property">The name of its count.</param>
public sealed record CountRow(object Row, string Property);

/// <summary>What became of additions.</summary>
public enum Added
{
    /// <summary>They are in the store, durably, with their ledger entries.</summary>
    Kept,

    /// <summary>The mark was there before; nothing was written.</summary>
    KnownBefore,

    /// <summary>Something that rules look at changed since it was decided; nothing was written, and it has to be decided anew.</summary>
    DecidedTooEarly,

    /// <summary>They cannot be added as they are; nothing was written.</summary>
    NotPossible,
}
