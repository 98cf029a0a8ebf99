using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Tests.Sharing;
using Amana.Testing;

namespace Amana.Features.Tests.Analysis;

/// <summary>Tables of the same people, shown through the product's own path, and an attacker who adds and subtracts all that was shown.</summary>
public sealed class Figures_that_are_shown_one_after_another
{
    private static readonly int Pairs = Environment.GetEnvironmentVariable("AMANA_LONG") == "1" ? 10_000 : 1_000;
    private static readonly TableRule Rule = new() { TotalIsKnown = true };

    [Theory, OnEveryStore]
    public async Task Count_new_records_only_when_enough_have_come(StoreKind store)
    {
        MadeUp[] first = [.. Enumerable.Repeat(new MadeUp("f", 30, "tent"), 12), .. Enumerable.Repeat(new MadeUp("m", 30, "outside"), 12)];
        await using var house = await ASharingHouse.Open(store, first);
        Assert.Equal((24, false), Seen(await Count(house)));
        await house.Add([new MadeUp("f", 30, "outside")]);
        var next = await Count(house);
        Assert.Equal((24, true), Seen(next));
        Assert.Equal(new PublishedCell.Published(12), next.RowTotals[1]); // the one who came shows in no difference
        await house.Add([.. Enumerable.Repeat(new MadeUp("m", 30, "tent"), 9)]);
        Assert.Equal((34, false), Seen(await Count(house)));
    }

    [Theory, OnEveryStore]
    public async Task Are_the_same_however_often_they_are_asked_for(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, [.. Enumerable.Repeat(new MadeUp("f", 30, "tent"), 9), .. Enumerable.Repeat(new MadeUp("m", 30, "tent"), 3), .. Enumerable.Repeat(new MadeUp("m", 30, "outside"), 9)]);
        var first = await Count(house);
        var other = await Count(house, BreakdownKind.AgeGroup);
        var again = await Count(house);
        Assert.Equal(first.Cells.SelectMany(c => c), again.Cells.SelectMany(c => c));
        Assert.Contains(first.Cells.SelectMany(c => c), c => c is PublishedCell.SuppressedSmall);
        Assert.Equal(21, other.Records);
    }

    [Fact]
    public void Tell_no_cell_below_the_limit_together()
    {
        var random = new Random(20);
        var (hidden, told) = (0, 0);
        for (var pair = 0; pair < Pairs; pair++)
        {
            var people = Enumerable.Range(0, random.Next(20, 60)).Select(i => new Somebody("P" + i, random.Next(3), random.Next(2), random.Next(3))).ToList();
            var attacker = new Attacker();
            var memory = Show(ShownMemory.Empty, people, attacker, random);
            // The other table is of the same people, or of those who are left or have come since.
            var later = random.Next(3) switch
            {
                0 => people,
                1 => people.Skip(random.Next(1, 4)).ToList(),
                _ => [.. people, .. Enumerable.Range(0, random.Next(1, 15)).Select(i => new Somebody("Q" + i, random.Next(3), random.Next(2), random.Next(3)))],
            };
            Show(memory, later, attacker, random);
            hidden += attacker.Secrets;
            told += attacker.Recovered();
        }

        Assert.True(hidden > Pairs, "The attack met too few small cells to prove anything.");
        Assert.Equal(0, told);
    }

    /// <summary>Shows a table of two variables of these people, by the same path as the analysis page.</summary>
    private static ShownMemory Show(ShownMemory memory, List<Somebody> people, Attacker attacker, Random random)
    {
        var showing = new Showing(ShownMemory.Unpack(memory.Pack()), "N1", [.. people.Select(p => p.Code)], Rule, DateTimeOffset.UnixEpoch);
        var counted = people.Where(p => showing.Counts(p.Code)).ToList();
        var (down, across) = random.Next(3) switch { 0 => (0, 1), 1 => (0, 2), _ => (2, 1) };
        var counts = showing.Publish([.. counted.Select(p => p.Code)], [.. counted.Select(p => p[down])], [.. counted.Select(p => p[across])], CancellationToken.None);
        if (counted.Count == showing.EditionSize)
            attacker.Sees(counted.Select(p => p.Code), new PublishedCell.Published(counted.Count), Rule.Minimum);
        for (var r = 0; r < 3; r++)
        {
            attacker.Sees(counted.Where(p => p[down] == r).Select(p => p.Code), counts.RowTotal(r), Rule.Minimum);
            for (var c = 0; c < 3; c++)
                attacker.Sees(counted.Where(p => p[down] == r && p[across] == c).Select(p => p.Code), counts.Cell(r, c), Rule.Minimum);
        }

        for (var c = 0; c < 3; c++)
            attacker.Sees(counted.Where(p => p[across] == c).Select(p => p.Code), counts.ColumnTotal(c), Rule.Minimum);
        return showing.Memory;
    }

    private static async Task<Figures> Count(ASharingHouse house, BreakdownKind by = BreakdownKind.Sex) =>
        (await house.Do((Crosstab c) => c.Read(ASharingHouse.TheAuthor, ASharingHouse.Activity, "/data/shelter", new Breakdown(by), CancellationToken.None))).Result;

    private static (int, bool) Seen(Figures figures) => (figures.Records, figures.Waiting);

    private sealed record Somebody(string Code, int A, int B, int C)
    {
        public int this[int variable] => variable switch { 0 => A, 1 => B, _ => C };
    }

    /// <summary>Knows for every cell shown which records it counts, and looks whether the count of a withheld small one is a sum of shown ones with any factors. Its own elimination, in fractions of
    /// doubles over atoms of people, shares no code with the guard.</summary>
    private sealed class Attacker
    {
        private readonly List<HashSet<string>> _shown = [];
        private readonly List<HashSet<string>> _secret = [];

        public int Secrets => _secret.Count;

        public void Sees(IEnumerable<string> people, PublishedCell cell, int minimum)
        {
            var set = people.ToHashSet(StringComparer.Ordinal);
            if (cell is PublishedCell.Published)
                _shown.Add(set);
            else if (set.Count > 0 && set.Count < minimum)
                _secret.Add(set);
        }

        public int Recovered()
        {
            var atoms = _shown.Concat(_secret).SelectMany(s => s).Distinct().GroupBy(p => string.Concat(_shown.Concat(_secret).Select(s => s.Contains(p) ? '1' : '0'))).Select(g => g.First()).ToList();
            double[] Vector(HashSet<string> set) => [.. atoms.Select(a => set.Contains(a) ? 1.0 : 0.0)];
            var basis = new List<(int Pivot, double[] Row)>();
            foreach (var row in _shown.Select(s => Reduce(Vector(s), basis)))
                if (Array.FindIndex(row, x => Math.Abs(x) > 1e-7) is >= 0 and var pivot)
                    basis.Add((pivot, [.. row.Select(x => x / row[pivot])]));
            return _secret.Count(s => Reduce(Vector(s), basis).All(x => Math.Abs(x) < 1e-7));
        }

        private static double[] Reduce(double[] row, List<(int Pivot, double[] Row)> basis)
        {
            foreach (var (pivot, by) in basis)
                if (Math.Abs(row[pivot]) > 1e-9)
                    row = [.. row.Zip(by, (x, y) => x - row[pivot] * y)];
            return row;
        }
    }
}
