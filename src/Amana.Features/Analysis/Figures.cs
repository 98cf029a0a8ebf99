using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Forms;
using Amana.Domain.Impartiality;
using Amana.Domain.Shared;

namespace Amana.Features.Analysis;

/// <summary>A row or column of figures: a choice with its label, an age group or place as it is, with or without a disability, or those who gave no answer.</summary>
public sealed record Category(CategoryKind Kind, string Code, LocalText Label)
{
    public static Category NoAnswer { get; } = new(CategoryKind.NoAnswer, "", LocalText.Empty);
}

public enum CategoryKind { Choice, Plain, Disability, NoAnswer }

/// <summary>Figures as they may be shown: every count is either published or withheld for a said reason. Carries what a figure stands on (IMP-4).</summary>
public sealed record Figures
{
    public required Element Question { get; init; }
    public required Breakdown By { get; init; }

    /// <summary>People could choose several answers, so the rows add up to more than the people.</summary>
    public required bool Multiple { get; init; }

    public required IReadOnlyList<Category> Rows { get; init; }

    /// <summary>Empty without a breakdown.</summary>
    public required IReadOnlyList<Category> Columns { get; init; }

    /// <summary>By row, then column.</summary>
    public required IReadOnlyList<IReadOnlyList<PublishedCell>> Cells { get; init; }

    public required IReadOnlyList<PublishedCell> RowTotals { get; init; }

    /// <summary>All people of a column, those who gave no answer included.</summary>
    public required IReadOnlyList<PublishedCell> ColumnTotals { get; init; }

    /// <summary>n: records in use at the moment of computing.</summary>
    public required int Records { get; init; }

    /// <summary>Counts below this are not shown.</summary>
    public required int SmallCell { get; init; }

    /// <summary>People who said no, and were only counted.</summary>
    public required int Refusals { get; init; }

    /// <summary>Since when the counted records are these: later ones are counted when enough have come, or the difference of two days would tell about them.</summary>
    public required DateTimeOffset EditionAt { get; init; }

    /// <summary>Records have come that are not counted yet.</summary>
    public required bool Waiting { get; init; }

    public required DateTimeOffset At { get; init; }
    public MethodContent? Method { get; init; }

    /// <summary>What these figures stand on, and how to make them again (IMP-4).</summary>
    public required FigurePassport Passport { get; init; }

    public int Withheld => Cells.Sum(r => r.Count(c => c is not PublishedCell.Published)) + RowTotals.Concat(ColumnTotals).Count(c => c is not PublishedCell.Published);
}
