using System.Text.Json;
using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Analysis;

/// <summary>A table as it was shown: by which choices, of which data, and what stood in each cell (a count, or why none).</summary>
internal sealed record ShownTable(string Question, string By, string Stamp, IReadOnlyList<IReadOnlyList<long>> Cells, IReadOnlyList<long> RowTotals, IReadOnlyList<long> ColumnTotals)
{
    private const long Small = -1;
    private const long Protecting = -2;

    public static ShownTable Of(string question, string by, string stamp, Counted counted) =>
        new(question, by, stamp, [.. counted.Cells.Select(r => (IReadOnlyList<long>)[.. r.Select(Code)])], [.. counted.RowTotals.Select(Code)], [.. counted.ColumnTotals.Select(Code)]);

    /// <summary>The table again, exactly as it was shown.</summary>
    public Counted Again(IReadOnlyList<Category> rows) =>
        new(rows, [.. Cells.Select(r => (IReadOnlyList<PublishedCell>)[.. r.Select(Cell)])], [.. RowTotals.Select(Cell)], [.. ColumnTotals.Select(Cell)]);

    private static long Code(PublishedCell cell) => cell switch { PublishedCell.Published p => p.Count, PublishedCell.SuppressedSmall => Small, _ => Protecting };

    private static PublishedCell Cell(long code) => code switch { Small => PublishedCell.Small, Protecting => PublishedCell.Protecting, _ => new PublishedCell.Published(code) };
}

/// <summary>The records that figures for one need count now: their numbers, how many they were at first, and since when.</summary>
internal sealed record ShownEdition(IReadOnlyList<int> Records, int Size, DateTimeOffset At)
{
    public static ShownEdition None { get; } = new([], 0, DateTimeOffset.MinValue);
}

/// <summary>What was shown of an activity's data so far, on any page, in any feed: the numbers of its records, the records that figures count now (an edition for each need, since consents are given for needs), and what every count that was shown
/// was about. Sealed under the activity's key, because it says who is in which cell; records are known in it by keyed codes alone.</summary>
internal sealed record ShownMemory(Dictionary<string, int> Numbers, IReadOnlyDictionary<string, ShownEdition> Editions, GuardMemory Guard, IReadOnlyList<ShownTable> Tables)
{
    public static ShownMemory Empty { get; } = new([], new Dictionary<string, ShownEdition>(), GuardMemory.Empty, []);

    /// <summary>How a record is called in the memory: a keyed code, which nobody can make without the keyring.</summary>
    public static string CodeOf(Safe safe, RecordId record) => Ids.CodeOf(safe.Index("figures-record", record.Value.ToString("N")), 12);

    /// <summary>Makes the memory pending, sealed, in place of the one before; the happening that says so.</summary>
    /// <param name="db">The store.</param>
    /// <param name="safe">Seals it.</param>
    /// <param name="kept">The one before; none for the first.</param>
    /// <param name="of">Its id, and the activity.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Happening> Keep(AmanaDb db, Safe safe, FiguresShown? kept, (FiguresShownId Id, ActivityId Activity) of, CancellationToken cancellationToken)
    {
        var change = AnalysisRules.Remember(of.Id, of.Activity, await safe.SealFile(of.Activity, of.Id.Value, Pack(), cancellationToken));
        if (kept is null)
            db.Add(FiguresShown.Of(change));
        else
            kept.Apply(change);
        return Happening.Of(change, of.Activity, of.Id.Value).With("counts", Guard.Shown.Count);
    }

    public byte[] Pack() => JsonSerializer.SerializeToUtf8Bytes(this, Mapping.Json);

    public static ShownMemory Unpack(byte[] content) => JsonSerializer.Deserialize<ShownMemory>(content, Mapping.Json)!;
}

/// <summary>Shows tables of one activity one after another, so that no two of them tell together what none tells alone. Figures stand on an edition of the data: who came since is counted when enough
/// have come, because the difference of two days would be those few. Who withdrew leaves at once, and what would show by the difference is withheld.</summary>
internal sealed class Showing
{
    private readonly DifferencingGuard _guard;
    private readonly Dictionary<string, int> _numbers;
    private readonly List<ShownTable> _tables;
    private readonly HashSet<int> _edition;
    private readonly string _need;
    private readonly IReadOnlyDictionary<string, ShownEdition> _others;

    /// <summary>The need that figures are shown for.</summary>
    public string Need => _need;

    /// <param name="memory">What was shown before.</param>
    /// <param name="need">For which need.</param>
    /// <param name="codes">Codes of the records in use now, whose consent stands and covers the need.</param>
    /// <param name="rule">The limit.</param>
    /// <param name="now">The moment.</param>
    public Showing(ShownMemory memory, string need, IReadOnlyCollection<string> codes, TableRule rule, DateTimeOffset now)
    {
        _numbers = new Dictionary<string, int>(memory.Numbers, StringComparer.Ordinal);
        _tables = [.. memory.Tables];
        foreach (var code in codes)
            _numbers.TryAdd(code, _numbers.Count);
        var current = codes.Select(c => _numbers[c]).ToHashSet();
        (_need, _others) = (need, memory.Editions);
        var edition = memory.Editions.GetValueOrDefault(need, ShownEdition.None);
        var before = edition.Records.ToHashSet();
        Waiting = current.Count(n => !before.Contains(n));
        var begins = before.Count == 0 || Waiting >= rule.Minimum * 2;
        _edition = begins ? current : [.. before.Intersect(current)];
        EditionAt = begins ? now : edition.At;
        Waiting = begins ? 0 : Waiting;
        EditionSize = begins ? current.Count : edition.Size;
        // The number of people is told once for an edition; that it fell by those who withdrew is not.
        Rule = rule with { TotalIsKnown = _edition.Count == EditionSize };
        _guard = DifferencingGuard.From(memory.Guard, Rule);
    }

    public TableRule Rule { get; }

    /// <summary>Records that came since the edition and are not counted yet.</summary>
    public int Waiting { get; }

    /// <summary>When the edition began.</summary>
    public DateTimeOffset EditionAt { get; }

    /// <summary>How many records the edition began with: n of its figures.</summary>
    public int EditionSize { get; }

    public ShownMemory Memory => new(_numbers, new Dictionary<string, ShownEdition>(_others) { [_need] = new ShownEdition([.. _edition.Order()], EditionSize, EditionAt) }, _guard.Memory, _tables);

    /// <summary>Whether figures count the record.</summary>
    public bool Counts(string code) => _edition.Contains(_numbers[code]);

    /// <summary>The same table of the same data, where it was shown before.</summary>
    public ShownTable? ShownBefore(string question, string by, string stamp) => _tables.Find(t => t.Question == question && t.By == by && t.Stamp == stamp);

    /// <summary>Remembers a table; of one that was shown of older data, the newer stands.</summary>
    public void Remember(ShownTable table)
    {
        _tables.RemoveAll(t => t.Question == table.Question && t.By == table.By);
        _tables.Add(table);
    }

    /// <summary>Protects a table against everything that was shown before, and takes it as shown.</summary>
    /// <param name="codes">The records' codes.</param>
    /// <param name="rows">The category of each.</param>
    /// <param name="columns">The other category of each; none for a table of one dimension.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ShownCounts Publish(IReadOnlyList<string> codes, IReadOnlyList<int> rows, IReadOnlyList<int>? columns, CancellationToken cancellationToken)
    {
        var data = new List<Column> { Column.FromValues("rows", rows.Select(Name)) };
        if (columns is not null)
            data.Add(Column.FromValues("columns", columns.Select(Name)));
        var table = _guard.Publish(Microdata.FromColumns(data), [.. codes.Select(c => _numbers[c])], "rows", columns is null ? null : "columns", cancellationToken);
        return new ShownCounts(table);
    }

    private static string Name(int category) => category.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A protected table, asked by the numbers of its categories. A category that nobody is in is shown as 0, or withheld with the whole table.</summary>
internal sealed class ShownCounts(SafeTable table)
{
    private readonly Dictionary<int, int> _rows = Places(table.RowLabels);
    private readonly Dictionary<int, int> _columns = Places(table.ColumnLabels);

    public PublishedCell Cell(int row, int column) => _rows.TryGetValue(row, out var r) && _columns.TryGetValue(column, out var c) ? table[r, c] : Nobody;

    public PublishedCell RowTotal(int row) => _rows.TryGetValue(row, out var r) ? table.RowTotal(r) : Nobody;

    public PublishedCell ColumnTotal(int column) => _columns.TryGetValue(column, out var c) ? table.ColumnTotal(c) : Nobody;

    private PublishedCell Nobody => table.IsWithheld ? PublishedCell.Protecting : new PublishedCell.Published(0);

    private static Dictionary<int, int> Places(IEnumerable<string> labels) =>
        labels.Select((label, place) => (label, place)).ToDictionary(x => int.Parse(x.label, System.Globalization.CultureInfo.InvariantCulture), x => x.place);
}
