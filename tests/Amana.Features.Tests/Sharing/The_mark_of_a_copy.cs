using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Sharing;
using Amana.Features.Sharing.Packages;

namespace Amana.Features.Tests.Sharing;

public sealed class The_mark_of_a_copy
{
    private const int Copies = 20;
    private static readonly int Excerpts = Environment.GetEnvironmentVariable("AMANA_LONG") == "1" ? 20_000 : 400;

    [Fact]
    public void Names_the_copy_from_a_twentieth_with_codes_and_never_another()
    {
        var (marks, texts) = Made(rows: 1000, variety: 6);
        var random = new Random(11);
        for (var i = 0; i < Excerpts; i++)
        {
            var copy = random.Next(Copies);
            var told = CopyMark.Tell(marks, Excerpt(texts[copy], random, share: 0.05, withCodes: true, shuffled: i % 2 == 0));
            Assert.Equal((copy, CopyEvidence.Codes), (told!.Index, told.Evidence));
        }
    }

    [Fact]
    public void Names_the_copy_by_order_where_codes_were_cut_off_and_rows_differ()
    {
        var (marks, texts) = Made(rows: 1000, variety: 100_000);
        var random = new Random(12);
        var named = 0;
        for (var i = 0; i < Excerpts; i++)
        {
            var copy = random.Next(Copies);
            if (CopyMark.Tell(marks, Excerpt(texts[copy], random, share: 0.05, withCodes: false, shuffled: false)) is not { } told)
                continue;
            Assert.Equal((copy, CopyEvidence.Order), (told.Index, told.Evidence));
            named++;
        }

        Assert.Equal(Excerpts, named);
    }

    [Fact]
    public void Names_nobody_where_order_and_codes_are_gone_or_the_rows_are_of_none()
    {
        var (marks, texts) = Made(rows: 1000, variety: 100_000);
        var (_, foreign) = Made(rows: 1000, variety: 100_000, firstCopy: Copies);
        var random = new Random(13);
        for (var i = 0; i < Excerpts; i++)
        {
            Assert.Null(CopyMark.Tell(marks, Excerpt(texts[random.Next(Copies)], random, 0.05, withCodes: false, shuffled: true)));
            Assert.Null(CopyMark.Tell(marks, Excerpt(foreign[random.Next(Copies)], random, 0.05, withCodes: false, shuffled: false))); // a copy that was never made: the same rows in an order of its own
            var mixed = Excerpt(texts[0], random, 0.05, withCodes: true, shuffled: false) + "\n" + Excerpt(texts[1], random, 0.05, withCodes: true, shuffled: false);
            Assert.Null(CopyMark.Tell(marks, mixed));
        }
    }

    private static (List<CopyMark> Marks, List<List<string>> Lines) Made(int rows, int variety, int firstCopy = 0)
    {
        var random = new Random(7); // the same release, whichever copies are made of it
        var values = Enumerable.Range(0, rows).Select(_ => (string?)random.Next(variety).ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var release = new PackedRelease([.. Enumerable.Range(0, rows).Select(i => "R" + i)], [new PackedColumn("answer", LocalText.Empty, "#indicator+a", ColumnKind.Text, false, Array.Empty<ElementChoice>(), values)], new LeftOutCounts(rows, 0, 0));
        var copies = Enumerable.Range(firstCopy, Copies).Select(c => release.AsCopy(row => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{c}/{row}")))[..16])).ToList();
        return ([.. copies.Select(CopyMark.Of)], [.. copies.Select(c => c.Rows.Select((code, i) => code + "," + c.Columns[0].Values[i]).ToList())]);
    }

    private static string Excerpt(List<string> lines, Random random, double share, bool withCodes, bool shuffled)
    {
        var chosen = lines.Where(_ => random.NextDouble() < share).Select(l => withCodes ? l : l[(l.IndexOf(',', StringComparison.Ordinal) + 1)..]).ToList();
        if (shuffled)
            chosen = [.. chosen.OrderBy(_ => random.Next())];
        return string.Join('\n', chosen);
    }
}
