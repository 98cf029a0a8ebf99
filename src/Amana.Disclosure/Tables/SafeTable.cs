using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>What is shown of one cell.</summary>
public abstract record PublishedCell
{
    private PublishedCell()
    {
    }

    /// <summary>The mark of a small cell, for tables that are shown again.</summary>
    public static PublishedCell Small => SuppressedSmall.Only;

    /// <summary>The mark of a cell withheld to protect another.</summary>
    public static PublishedCell Protecting => SuppressedToProtect.Only;

    /// <summary>The count, as it is.</summary>
    public sealed record Published(long Count) : PublishedCell;

    /// <summary>Withheld because few people are in it.</summary>
    public sealed record SuppressedSmall : PublishedCell
    {
        internal static readonly SuppressedSmall Only = new();
    }

    /// <summary>Withheld because a small cell could be worked out from it.</summary>
    public sealed record SuppressedToProtect : PublishedCell
    {
        internal static readonly SuppressedToProtect Only = new();
    }
}

/// <summary>What happens to cells that nobody is in.</summary>
public enum ZeroCells
{
    /// <summary>Shown: nobody is found by an empty cell. (That nobody of a group has a trait is told, however.)</summary>
    Published,

    /// <summary>Withheld like small cells, for traits whose absence tells something as well.</summary>
    Suppressed,
}

/// <summary>When a cell is too small to be shown.</summary>
public sealed record TableRule
{
    /// <summary>Smallest count that may be shown (5 unless said otherwise; 10 is usual for gender-based violence and child protection). At least 3.</summary>
    public int Minimum { get; init; } = 5;

    public ZeroCells Zeros { get; init; } = ZeroCells.Published;

    /// <summary>
    /// The grand total is known anyway (it stands on another page): it is shown, and the cells are protected against those who know it. What
    /// equals the total by its place (the margin of a single row) is then known as well.
    /// </summary>
    public bool TotalIsKnown { get; init; }
}

/// <summary>
/// A table of counts that may leave. Small cells are withheld, and so many others that no withheld cell can be worked out exactly by
/// somebody who has all margins shown, knows that counts are whole and not negative, knows the rule and even which cells are withheld
/// as small. The set of other cells is minimal: none of them could be shown. Same table and rule, same result.
/// </summary>
/// <remarks>
/// Secondary suppression goes through the cells from the dearest (margins, then large counts) to the cheapest and shows each that
/// protects no small cell, as Langsrud (2024) does by Gaussian elimination. For tables of one or two dimensions the published model is
/// a network, where "linearly determined" is "lies on no cycle of withheld cells" and bounds are kept as capacities: the test is exact.
/// </remarks>
public sealed class SafeTable
{
    private readonly TableNetwork _network;

    private SafeTable(CountTable table, TableRule rule, TableNetwork network, bool isWithheld)
    {
        RowLabels = table.RowLabels;
        ColumnLabels = table.ColumnLabels;
        Rule = rule;
        IsWithheld = isWithheld;
        _network = network;
    }

    public ImmutableArray<string> RowLabels { get; }

    /// <summary>Empty for a table of one dimension.</summary>
    public ImmutableArray<string> ColumnLabels { get; }

    public TableRule Rule { get; }

    /// <summary>True where nothing could be shown without giving a small cell away: every cell (empty ones too) is withheld.</summary>
    public bool IsWithheld { get; }

    /// <summary>The grand total.</summary>
    public PublishedCell Total => Show(_network.TotalArc);

    /// <summary>Number of cells and margins that are withheld.</summary>
    public int SuppressedCount => Enumerable.Range(0, _network.ArcCount).Count(arc => Show(arc) is not PublishedCell.Published);

    /// <summary>A cell of a table of one dimension.</summary>
    public PublishedCell this[int row] => ColumnLabels.IsEmpty ? Show(_network.CellArc(row, 0)) : throw new InvalidOperationException("The table has two dimensions.");

    /// <summary>A cell of a table of two dimensions.</summary>
    public PublishedCell this[int row, int column] =>
        ColumnLabels.IsEmpty ? throw new InvalidOperationException("The table has one dimension.") : Show(_network.CellArc(row, column));

    /// <summary>The margin at the end of a row (in a table of one dimension, the cell itself).</summary>
    public PublishedCell RowTotal(int row) => Show(ColumnLabels.IsEmpty ? _network.CellArc(row, 0) : _network.RowArc(row));

    /// <summary>The margin at the foot of a column.</summary>
    public PublishedCell ColumnTotal(int column) =>
        ColumnLabels.IsEmpty ? throw new InvalidOperationException("The table has one dimension.") : Show(_network.ColumnArc(column));

    /// <summary>Protects a table.</summary>
    public static SafeTable Protect(CountTable table, TableRule? rule = null, CancellationToken cancellation = default)
    {
        rule ??= new TableRule();
        if (rule.Minimum < 3)
            throw new ArgumentOutOfRangeException(nameof(rule), "Below 3 the mark itself would tell the count.");
        var network = new TableNetwork(table, rule);
        var isProtected = SecondarySuppression.Run(network, cancellation);
        if (!isProtected)
            network.WithholdAll();
        return new SafeTable(table, rule, network, !isProtected);
    }

    internal TableNetwork Network => _network;

    internal bool IsShown(int arc) => _network.StateOf(arc) == CellState.Shown;

    private PublishedCell Show(int arc) => _network.StateOf(arc) switch
    {
        CellState.Shown => new PublishedCell.Published(_network.ValueOf(arc)),
        CellState.Small => PublishedCell.SuppressedSmall.Only,
        _ => PublishedCell.SuppressedToProtect.Only,
    };
}
