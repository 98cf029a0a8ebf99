using Amana.Domain.Forms;
using Amana.Features.Analysis;
using Amana.Features.Analysis.Export;
using Amana.Features.Platform;
using Amana.Features.Records.Import;
using Amana.Features.Tests.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Analysis;

/// <summary>A ranking that another tool spread over columns comes in as one answer, in its order, or not at all.</summary>
public sealed class An_import_of_rankings
{
    private static readonly string Form = An_export_of_repeats.Form.Replace(",\"begin repeat\",\"member\",\"Members\",\"\"", ",\"rank thing\",\"first\",\"What first?\",\"\"\n,\"begin repeat\",\"member\",\"Members\",\"\"", StringComparison.Ordinal);

    private static readonly string[] Head = ["consent", "consent_sharing", "full_name", "sex", "disability", "lost", "What first?/1st choice", "What first?/2nd choice", "_uuid", "_index"];

    [Theory, OnEveryStore]
    public async Task Reads_a_column_for_each_place_as_KoboToolbox_writes_them(StoreKind store)
    {
        await using var c = await Collecting.Begin(store, form: Form);
        var (who, form) = (await c.As("interviewer1"), await c.Ask(db => db.Set<FormVersion>().Select(f => f.Id).SingleAsync()));
        var unfit = Workbook(["yes", "no", "Person 1", "female", "no", "home", "Home", "home", "00000000-0000-4000-8000-00000000000a", "1"]);
        var look = await c.House.Do(s => s.GetRequiredService<ImportReader>().Read(who, c.Activity, form, unfit, true, default));
        Assert.Equal([1, 2], look.Result.Columns.Where(m => m.Path == "/data/first").Select(m => m.Place));
        Assert.Equal("rank-twice", Assert.Single(look.Result.Problems).Reason);
        Assert.Equal(["import.rows-do-not-fit"], look.Result.Refusals.Select(r => r.Slug));

        var file = Workbook(["yes", "no", "Person 1", "female", "no", "home", "Home", "Papers, all", "00000000-0000-4000-8000-00000000000a", "1"]);
        var done = await c.House.Do(s => s.GetRequiredService<ImportRecords>().Handle(who, c.Activity, form, file, true, default));
        Assert.Equal((1, 1, 0), (done.Result.Rows, done.Result.Accepted, done.Result.Held));
        var tables = An_export_of_repeats.Unzip((await An_export_of_repeats.Export(c, new AnswersShape(AnswersFormat.Tables))).File);
        Assert.EndsWith(",home,home papers", tables["records.csv"][1], StringComparison.Ordinal);
    }

    private static byte[] Workbook(string[] row)
    {
        using var file = new MemoryStream();
        using (var book = new WorkbookWriter(file))
        {
            book.Begin("Small", [Head], [.. Head.Select(_ => CellKind.Text)]);
            book.Row(row);
        }

        return file.ToArray();
    }
}
