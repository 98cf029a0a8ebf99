using System.IO.Compression;
using System.Text;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Tests.Records;
using Amana.Testing;
using Amana.XForms.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Analysis;

public sealed class An_export_of_repeats
{
    internal const string Form = """"
        "survey",,,,
        ,"type","name","label","required"
        ,"select_one yes_no","consent","Do you agree?","yes"
        ,"select_one yes_no","consent_sharing","May we share?",""
        ,"text","full_name","Name",""
        ,"select_one sex","sex","Sex",""
        ,"select_one yes_no","disability","Disability",""
        ,"select_multiple thing","lost","What was lost?",""
        ,"begin repeat","member","Members",""
        ,"select_one sex","member_sex","Sex",""
        ,"integer","member_age","Age",""
        ,"text","member_name","Name",""
        ,"begin repeat","visit","Visits",""
        ,"date","visit_day","Day",""
        ,"end repeat","","",""
        ,"end repeat","","",""
        "choices",,,,
        ,"list_name","name","label",
        ,"yes_no","yes","Yes",
        ,"yes_no","no","No",
        ,"sex","female","=Woman or girl",
        ,"sex","male","Man or boy",
        ,"thing","papers","Papers, all",
        ,"thing","home","Home",
        "settings",,,,
        ,"form_title","form_id","version",
        ,"Small","small","1",
        """";

    internal static string Xml(int i, string members) =>
        $"<data id=\"small\" version=\"1\"><consent>yes</consent><consent_sharing>no</consent_sharing><full_name>Person {i}</full_name><sex>female</sex><disability>no</disability><lost>papers home</lost>{members}<meta><instanceID>uuid:00000000-0000-4000-8000-{i:D12}</instanceID></meta></data>";

    internal const string Two = "<member><member_sex>male</member_sex><member_age>7</member_age><member_name>Person 8</member_name><visit><visit_day>2026-01-02</visit_day></visit><visit><visit_day>2026-03-04</visit_day></visit></member>"
        + "<member><member_sex>female</member_sex><member_age>40</member_age><member_name/><visit><visit_day>2026-05-06</visit_day></visit></member>";

    internal const string One = "<member><member_sex>male</member_sex><member_age>3</member_age><member_name/><visit><visit_day>2026-07-08</visit_day></visit></member>";

    [Theory, OnEveryStore]
    public async Task Has_a_table_for_each_with_keys_that_lead_to_their_parents(StoreKind store)
    {
        await using var c = await Filled(store);
        var (kind, file) = await Export(c, new AnswersShape(AnswersFormat.Tables));
        Assert.Equal(AnswersFile.Zip, kind);
        var tables = Unzip(file);
        Assert.Equal(["records.csv", "records-member.csv", "records-visit.csv"], tables.Keys);
        var (records, members, visits) = (tables["records.csv"], tables["records-member.csv"], tables["records-visit.csv"]);
        Assert.Equal(["KEY,sex,disability,lost", "KEY,PARENT_KEY,member_sex,member_age", "KEY,PARENT_KEY,visit_day"], new[] { records[0], members[0], visits[0] });
        Assert.Equal((3, 4, 5), (records.Count, members.Count, visits.Count));
        var two = members.Single(m => m.EndsWith(",female,40", StringComparison.Ordinal)).Split('/')[0];
        Assert.Contains(records, r => r == $"{two},female,no,papers home");
        Assert.Contains($"{two}/member[1],{two},male,7", members);
        Assert.Contains($"{two}/member[1]/visit[2],{two}/member[1],2026-03-04", visits);
        Assert.Contains($"{two}/member[2]/visit[1],{two}/member[2],2026-05-06", visits);
        Assert.DoesNotContain(tables.Values, t => t.Any(l => l.Contains("Person", StringComparison.Ordinal)));
        var entry = await c.Ask(db => db.Set<LedgerEntry>().SingleAsync(e => e.Kind == "AnswersExported"));
        Assert.Contains("\"x-tables\":\"3\"", entry.Canonical, StringComparison.Ordinal);
    }

    [Theory, OnEveryStore]
    public async Task Is_a_workbook_with_labels_and_a_column_for_each_choice_and_without_formulas(StoreKind store)
    {
        await using var c = await Filled(store);
        var (kind, file) = await Export(c, new AnswersShape(AnswersFormat.Workbook, "en", Split: true));
        Assert.Equal(AnswersFile.Xlsx, kind);
        var read = RecordTables.Read(file);
        Assert.Null(read.Problem);
        Assert.Equal(["records", "member", "visit"], read.Tables.Select(t => t.Name));
        Assert.Equal(["KEY", "sex", "disability", "lost", "lost/papers", "lost/home"], read.Tables[0].Headings);
        Assert.All(read.Tables[0].Rows, r => Assert.Equal(["=Woman or girl", "No", "Papers, all; Home", "1", "1"], r.Cells.Skip(1)));
        Assert.Contains("2026-03-04", read.Tables[2].Rows.Select(r => r.Cells[2]![..10]));
        using var zip = new ZipArchive(new MemoryStream(file));
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var xml = await sheet.ReadToEndAsync();
        Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
        Assert.Contains("s=\"1\"><is><t xml:space=\"preserve\">=Woman", xml, StringComparison.Ordinal); // quoted: it stays text when it is typed again
    }

    [Theory, OnEveryStore]
    public async Task Is_one_file_where_nothing_repeats_or_where_one_is_asked_for(StoreKind store)
    {
        await using (var plain = await Collecting.Begin(store))
        {
            await plain.Send(Collecting.Xml(1));
            Assert.Equal(AnswersFile.Csv, (await Export(plain, new AnswersShape(AnswersFormat.Tables))).Kind);
        }

        await using var c = await Filled(store);
        var (kind, file) = await Export(c, new AnswersShape());
        Assert.Equal(AnswersFile.Csv, kind);
        var lines = Encoding.UTF8.GetString(file).TrimEnd().Split("\r\n");
        Assert.Contains(lines, l => l.EndsWith(",female,no,papers home,male,7,2026-01-02", StringComparison.Ordinal)); // of what repeats, the first
        Assert.Contains("'=Woman or girl", Encoding.UTF8.GetString((await Export(c, new AnswersShape(AnswersFormat.Flat, "en"))).File), StringComparison.Ordinal);
    }

    internal static async Task<Collecting> Filled(StoreKind store)
    {
        var c = await Collecting.Begin(store, form: Form);
        Assert.True((await c.Send(Xml(1, Two))).IsDone);
        Assert.True((await c.Send(Xml(2, One))).IsDone);
        return c;
    }

    internal static async Task<(AnswersFile Kind, byte[] File)> Export(Collecting c, AnswersShape shape)
    {
        var who = (await c.As("im")).Citing("N2");
        return await c.House.Do(async s =>
        {
            using var output = new MemoryStream();
            var kind = AnswersFile.Csv;
            var outcome = await s.GetRequiredService<ExportAnswers>().Handle(who, c.Activity, shape, k => (kind = k, output).output, default);
            Assert.Empty(outcome.Refusals);
            return (kind, output.ToArray());
        });
    }

    internal static OrderedDictionary<string, List<string>> Unzip(byte[] file)
    {
        var tables = new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        using var zip = new ZipArchive(new MemoryStream(file));
        foreach (var entry in zip.Entries)
        {
            using var text = new StreamReader(entry.Open());
            tables[entry.Name] = [.. text.ReadToEnd().TrimEnd().Split("\r\n")];
        }

        return tables;
    }
}
