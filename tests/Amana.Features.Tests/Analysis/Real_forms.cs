using System.Globalization;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Features.Analysis;
using Amana.Features.Analysis.Export;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Records;
using Amana.Features.Records.Import;
using Amana.Features.Tests.Records;
using Amana.XForms.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Analysis;

/// <summary>Made-up answers to forms that others use leave in each shape and come in again as they were.</summary>
public sealed class Answers_to_real_forms
{
    [Theory]
    [InlineData("all-question-types-v2024091201-3.xlsx")]
    [InlineData("ifrc-distribution-site-assessment-v1.xlsx")]
    [InlineData("socio-economic-survey-v20240515.xlsx")]
    [InlineData("whova_form.xlsx")]
    public async Task Come_in_again_as_they_left(string name)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("AMANA_SHARED") ?? "/work/shared", "data", "forms", name);
        if (!File.Exists(path))
            Assert.Skip($"The samples are not there: {path}. Set AMANA_SHARED to their folder.");
        await using var c = await Collecting.Begin(StoreKind.Sqlite);
        var im = await c.As("im");
        var id = (await c.House.Do(async s => await s.GetRequiredService<UploadForm>().Handle(im, c.Activity, await File.ReadAllBytesAsync(path), name, default))).Result;
        var form = await c.Ask(db => db.Set<FormVersion>().AsNoTracking().SingleAsync(f => f.Id == id));
        var compiled = (await c.House.Do(s => s.GetRequiredService<CompiledFormReader>().Read(id, default)))!;
        List<string> repeats = [.. compiled.Nodes.Where(n => n.IsRepeat).Select(n => n.Path)];
        List<Element> asked = [.. form.Elements.Where(e => !e.Computed)];
        Assert.NotEmpty(asked);
        var records = Enumerable.Range(1, 3).Select(n => new FilledRow(n + 1, null, [.. Answers(asked, repeats, n)], [])).ToList();
        var labels = form.Languages.Count > 0 ? form.Languages[0] : "en";
        foreach (var shape in new[] { new AnswersShape(AnswersFormat.Tables), new AnswersShape(AnswersFormat.Workbook, Split: true), new AnswersShape(AnswersFormat.Workbook, labels) })
        {
            var clear = shape.Labels is null ? asked : [.. asked.Where(e => e.Choices.DistinctBy(x => x.Label.In(labels)).Count() == e.Choices.Count && e.Choices.All(x => !x.Label.In(labels).Contains(';', StringComparison.Ordinal)))];
            Same(records, await Again(form, clear, repeats, records, shape), clear);
        }

        List<Element> once = [.. asked.Where(e => !e.Repeated)];
        Same(records, await Again(form, once, [], records, new AnswersShape()), once);
    }

    private static void Same(List<FilledRow> before, IReadOnlyList<FilledRow> after, List<Element> elements)
    {
        Assert.Equal(before.Count, after.Count);
        var told = elements.Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (left, came) in before.Zip(after))
        {
            Assert.Empty(came.Problems);
            Assert.Equal(left.Answers.Where(a => told.Contains(Places.WithoutPositions(a.Key))).OrderBy(a => a.Key, StringComparer.Ordinal), came.Answers.OrderBy(a => a.Key, StringComparer.Ordinal));
        }
    }

    private static async Task<IReadOnlyList<FilledRow>> Again(FormVersion form, List<Element> elements, List<string> repeats, List<FilledRow> records, AnswersShape shape)
    {
        var tables = AnswerTable.Of(elements, repeats, shape.Split);
        using var output = new MemoryStream();
        await using (IAnswerFile file = shape.Format == AnswersFormat.Workbook ? new WorkbookAnswers(output) : tables.Count > 1 ? new ZippedAnswers(output) : new CsvAnswers(output))
        {
            foreach (var table in tables)
            {
                file.Begin(table);
                var rows = new AnswerRows(table, shape.Labels);
                foreach (var record in records)
                    foreach (var row in rows.Of("R" + record.Number.ToString(CultureInfo.InvariantCulture), KeptAnswer.Write([.. record.Answers.Select(a => new KeptAnswer(a.Key, a.Value))]).ToArray()))
                        file.Row(row);
            }
        }

        var read = RecordTables.Read(output.ToArray());
        Assert.Null(read.Problem);
        var main = read.Tables.First(t => !TurnTables.NamesParents(t));
        var turns = new TurnTables(form, repeats, main, read.Tables.Where(t => t != main));
        Assert.Empty(turns.LeftOut);
        Assert.Empty(turns.Orphans);
        var columns = ColumnMapping.Propose(main.Headings, [.. form.Elements.Where(e => !e.Repeated)]);
        Assert.Empty(columns.Where(x => x.Path is null && !x.IsInstanceId).Select(x => x.Heading));
        return [.. main.Rows.Select(r => turns.With(main, r.Cells, FilledRow.Read(r.Number, r.Cells, columns, form)))];
    }

    /// <summary>An answer to each question; what repeats is asked twice, one in the other too.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Answers(List<Element> asked, List<string> repeats, int n) =>
        asked.SelectMany(e => Turns(e.Path, repeats).Select((place, turn) => KeyValuePair.Create(place, Value(e, n + turn))));

    private static IEnumerable<string> Turns(string path, List<string> repeats)
    {
        IEnumerable<string> places = [""];
        var plain = "";
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            plain += "/" + step;
            var again = repeats.Contains(plain, StringComparer.Ordinal);
            places = [.. places.SelectMany(p => again ? new[] { $"{p}/{step}[1]", $"{p}/{step}[2]" } : [$"{p}/{step}"])];
        }

        return places;
    }

    private static string Value(Element e, int n)
    {
        if (e.IsCoded)
            return AnswerTable.IsMultiple(e) ? string.Join(' ', e.Choices.Select(c => c.Code).Distinct(StringComparer.Ordinal).Take(n)) : e.Choices[n % e.Choices.Count].Code;
        return e.Type switch
        {
            "integer" or "int" => string.Create(CultureInfo.InvariantCulture, $"{(n % 2 == 0 ? -n : n)}"),
            "decimal" => string.Create(CultureInfo.InvariantCulture, $"{n}.25"),
            "range" => string.Create(CultureInfo.InvariantCulture, $"{n}"),
            "date" => string.Create(CultureInfo.InvariantCulture, $"2026-03-{n + 3:D2}"),
            "time" => string.Create(CultureInfo.InvariantCulture, $"0{n}:30:00.000+03:00"),
            "datetime" or "dateTime" => string.Create(CultureInfo.InvariantCulture, $"2026-03-0{n}T08:30:00.000+03:00"),
            "geopoint" => string.Create(CultureInfo.InvariantCulture, $"1.5 36.{n} 0 4.5"),
            "acknowledge" or "trigger" => "OK",
            _ => n switch { 1 => "=1+1", 2 => "said \"no\", then; left\nand came back", 3 => "-", _ => "كتب شيئاً" },
        };
    }
}
