using System.IO.Compression;
using System.Text;
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

/// <summary>What other tools write beside the table of records comes in with its record, and leaves again in the same shape.</summary>
public sealed class An_import_of_repeats
{
    private const string Records = "SubmissionDate,consent,consent_sharing,full_name,sex,disability,lost,KEY\n"
        + "2026-01-01,yes,no,Person 1,female,no,papers home,uuid:00000000-0000-4000-8000-00000000000a\n2026-01-02,yes,no,Person 2,male,no,home,uuid:00000000-0000-4000-8000-00000000000b\n";

    private const string Members = "member_sex,member_age,member_name,PARENT_KEY,KEY\n"
        + "male,7,Person 8,uuid:00000000-0000-4000-8000-00000000000a,uuid:00000000-0000-4000-8000-00000000000a/member[1]\n"
        + "female,40,,uuid:00000000-0000-4000-8000-00000000000a,uuid:00000000-0000-4000-8000-00000000000a/member[2]\n"
        + "male,3,,uuid:00000000-0000-4000-8000-00000000000b,uuid:00000000-0000-4000-8000-00000000000b/member[1]\n";

    private const string Visits = "visit_day,PARENT_KEY,KEY\n"
        + "2026-03-04,uuid:00000000-0000-4000-8000-00000000000a/member[2],uuid:00000000-0000-4000-8000-00000000000a/member[2]/visit[1]\n"
        + "2026-03-05,uuid:00000000-0000-4000-8000-00000000000a/member[2],uuid:00000000-0000-4000-8000-00000000000a/member[2]/visit[2]\n";

    [Theory, OnEveryStore]
    public async Task Takes_the_tables_of_a_zip_file_by_their_keys(StoreKind store)
    {
        await using var c = await Collecting.Begin(store, form: An_export_of_repeats.Form);
        await Comes_in(c, Zip(("small-visit.csv", Visits), ("small.csv", Records), ("small-member.csv", Members), ("media/readme.txt", "nothing")));
    }

    [Theory, OnEveryStore]
    public async Task Takes_the_sheets_of_a_workbook_by_their_numbers(StoreKind store)
    {
        await using var c = await Collecting.Begin(store, form: An_export_of_repeats.Form);
        using var file = new MemoryStream();
        using (var book = new WorkbookWriter(file))
        {
            Sheet(book, "Small", ["consent", "consent_sharing", "full_name", "sex", "disability", "lost", "lost/papers", "lost/home", "_uuid", "_index"],
                ["yes", "no", "Person 1", "female", "no", "papers home", "1", "1", "00000000-0000-4000-8000-00000000000a", "1"], ["yes", "no", "Person 2", "male", "no", "home", "0", "1", "00000000-0000-4000-8000-00000000000b", "2"]);
            Sheet(book, "member", ["member/member_sex", "member/member_age", "member/member_name", "_index", "_parent_table_name", "_parent_index"], ["male", "7", "Person 8", "1", "Small", "1"], ["female", "40", "", "2", "Small", "1"], ["male", "3", "", "3", "Small", "2"]);
            Sheet(book, "visit", ["visit_day", "_index", "_parent_table_name", "_parent_index"], ["2026-03-04", "1", "member", "2"], ["2026-03-05", "2", "member", "2"]);
            Sheet(book, "notes", ["anything"], ["left out"]);
        }

        await Comes_in(c, file.ToArray(), "notes");
    }

    [Theory, OnEveryStore]
    public async Task Knows_the_sheet_of_records_by_whatever_name_it_bears(StoreKind store)
    {
        await using var c = await Collecting.Begin(store, form: An_export_of_repeats.Form);
        using var file = new MemoryStream();
        using (var book = new WorkbookWriter(file))
        {
            // A title of more than 31 letters is cut for the sheet, with dots, and letters that sheets may not bear are exchanged; the turns name the title whole. Headings and answers are labels.
            Sheet(book, "Monitoring of the border_ al...", ["_uuid", "Do you agree?", "consent_sharing", "full_name", "sex", "disability", "lost", "lost/papers", "lost/home", "_id", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags", "meta/rootUuid", "_index"],
                ["00000000-0000-4000-8000-00000000000a", "yes", "no", "Person 1", "female", "no", "papers home", "1", "1", "101", "2026-03-04T10:00:00", "", "", "submitted_via_web", "", "v1", "", "uuid:00000000-0000-4000-8000-00000000000a", "1"],
                ["00000000-0000-4000-8000-00000000000b", "yes", "no", "Person 2", "male", "no", "home", "0", "1", "102", "2026-03-04T10:00:00", "", "", "submitted_via_web", "", "v1", "", "uuid:00000000-0000-4000-8000-00000000000b", "2"]);
            Sheet(book, "member", ["member/member_sex", "member/member_age", "member/member_name", "_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid", "_submission__submission_time", "_submission__validation_status"],
                [.. new[] { ("male", "7", "Person 8", "1"), ("female", "40", "", "1"), ("male", "3", "", "2") }.Select((m, i) => new[] { m.Item1, m.Item2, m.Item3, (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), "Monitoring of the border: all months", m.Item4, "101", "x", "", "" })]);
            Sheet(book, "visit", ["visit_day", "_index", "_parent_table_name", "_parent_index"], ["2026-03-04", "1", "member", "2"], ["2026-03-05", "2", "member", "2"]);
        }

        await Comes_in(c, file.ToArray());
    }

    [Theory, OnEveryStore]
    public async Task Stays_out_whole_when_a_turn_has_no_parent(StoreKind store)
    {
        await using var c = await Collecting.Begin(store, form: An_export_of_repeats.Form);
        var (who, form) = await Who(c);
        var file = Zip(("small.csv", Records), ("small-member.csv", Members + "male,9,,uuid:00000000-0000-4000-8000-00000000000c,uuid:00000000-0000-4000-8000-00000000000c/member[1]\n"));
        var look = await c.House.Do(s => s.GetRequiredService<ImportReader>().Read(who, c.Activity, form, file, true, default));
        Assert.Contains(look.Result.Problems, p => p is { Reason: "parent-unknown", Row: 5, Heading: "small-member" });
        var done = await c.House.Do(s => s.GetRequiredService<ImportRecords>().Handle(who, c.Activity, form, file, true, default));
        Assert.Equal("import.rows-do-not-fit", Assert.Single(done.Refusals).Slug);
        Assert.Equal(0, await c.Ask(db => db.Set<Domain.Records.RecordEntry>().CountAsync()));
    }

    [Theory, OnEveryStore]
    public async Task Leaves_out_a_record_with_more_turns_than_its_form_works_out_and_says_so(StoreKind store)
    {
        var form = An_export_of_repeats.Form.Replace("\"survey\",,,,\n,\"type\",\"name\",\"label\",\"required\"", "\"survey\",,,,,\n,\"type\",\"name\",\"label\",\"required\",\"repeat_count\"", StringComparison.Ordinal)
            .Replace(",\"begin repeat\",\"member\",\"Members\",\"\"", ",\"integer\",\"size\",\"How many?\",\"\",\"\"\n,\"begin repeat\",\"member\",\"Members\",\"\",\"${size}\"", StringComparison.Ordinal);
        Assert.NotEqual(An_export_of_repeats.Form, form);
        await using var c = await Collecting.Begin(store, form: form);
        var (who, id) = await Who(c);
        var records = Records.Replace("lost,KEY", "lost,size,KEY", StringComparison.Ordinal).Replace("papers home,uuid", "papers home,1,uuid", StringComparison.Ordinal).Replace(",home,uuid", ",home,1,uuid", StringComparison.Ordinal);
        var done = await c.House.Do(s => s.GetRequiredService<ImportRecords>().Handle(who, c.Activity, id, Zip(("small.csv", records), ("small-member.csv", Members)), true, default));
        Assert.Equal((2, 1), (done.Result.Rows, done.Result.Accepted));
        Assert.Equal((2, "import.turn-does-not-fit"), done.Result.Refused.Select(r => (r.Row, r.Reason.Slug)).Single());
        Assert.Equal(1, await c.Ask(db => db.Set<Domain.Records.RecordEntry>().CountAsync()));
    }

    [Theory, OnEveryStore]
    public async Task Leaves_out_a_record_with_an_answer_that_nobody_could_have_typed(StoreKind store)
    {
        await using var c = await Collecting.Begin(store, form: An_export_of_repeats.Form);
        var (who, id) = await Who(c);
        var done = await c.House.Do(s => s.GetRequiredService<ImportRecords>().Handle(who, c.Activity, id, Encoding.UTF8.GetBytes(Records.Replace("Person 2", new string('x', 100_001), StringComparison.Ordinal)), true, default));
        Assert.Equal((1, 3, "import.answer-too-long"), (done.Result.Accepted, done.Result.Refused.Single().Row, done.Result.Refused.Single().Reason.Slug));
    }

    [Theory, OnEveryStore]
    public async Task Of_a_phone_with_more_turns_than_any_form_has_is_held_with_the_reason(StoreKind store)
    {
        await using var c = await Collecting.Begin(store, form: An_export_of_repeats.Form);
        var sent = await c.Send(An_export_of_repeats.Xml(1, string.Concat(Enumerable.Repeat("<member><member_sex>male</member_sex><member_age>3</member_age><member_name/></member>", 1_001))));
        Assert.Equal(Domain.Records.SubmissionOutcome.Held, sent.Result.Kind);
        var held = await c.Ask(db => db.Set<Domain.Records.QuarantinedSubmission>().AsNoTracking().SingleAsync());
        Assert.Equal(Domain.Records.Misfit.RepeatedNode, held.Findings.First(f => f.Holds).What);
    }

    private static async Task Comes_in(Collecting c, byte[] file, params string[] leftOut)
    {
        var (who, form) = await Who(c);
        var look = await c.House.Do(s => s.GetRequiredService<ImportReader>().Read(who, c.Activity, form, file, true, default));
        Assert.Empty(look.Refusals.Concat(look.Result.Refusals).Select(r => r.Slug));
        Assert.Equal(["/data/member", "/data/member/visit"], look.Result.Turns.Select(t => t.Repeat).Order(StringComparer.Ordinal));
        Assert.Equal(leftOut, look.Result.LeftOut);
        var first = await c.House.Do(s => s.GetRequiredService<ImportRecords>().Handle(who, c.Activity, form, file, true, default));
        Assert.Equal((2, 2, 0), (first.Result.Rows, first.Result.Accepted, first.Result.Refused.Count));
        var again = await c.House.Do(s => s.GetRequiredService<ImportRecords>().Handle(who, c.Activity, form, file, true, default));
        Assert.Equal((0, 2), (again.Result.Accepted, again.Result.Known));

        var tables = An_export_of_repeats.Unzip((await An_export_of_repeats.Export(c, new AnswersShape(AnswersFormat.Tables))).File);
        Assert.Equal((3, 4, 3), (tables["records.csv"].Count, tables["records-member.csv"].Count, tables["records-visit.csv"].Count));
        Assert.Contains(tables["records-member.csv"], m => m.Contains("/member[2],", StringComparison.Ordinal) && m.EndsWith(",female,40", StringComparison.Ordinal));
        Assert.Contains(tables["records-visit.csv"], v => v.Contains("/member[2]/visit[2],", StringComparison.Ordinal) && v.EndsWith(",2026-03-05", StringComparison.Ordinal));
    }

    private static async Task<(AccessContext, Domain.Shared.FormVersionId)> Who(Collecting c) => (await c.As("interviewer1"), await c.Ask(db => db.Set<FormVersion>().Select(f => f.Id).SingleAsync()));

    private static void Sheet(WorkbookWriter book, string name, string[] head, params string[][] rows)
    {
        book.Begin(name, [head], [.. head.Select(_ => CellKind.Text)]);
        foreach (var row in rows)
            book.Row(row);
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }

        return stream.ToArray();
    }
}
