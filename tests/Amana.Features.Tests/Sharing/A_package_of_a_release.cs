using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Sharing;
using Amana.Testing;
using Amana.TransparencyLog;
using Amana.XForms;
using ExcelDataReader;
using NSec.Cryptography;
using Parquet;

namespace Amana.Features.Tests.Sharing;

public sealed class A_package_of_a_release
{
    private static readonly ReleaseId Id = new(Guid.Parse("0195b000-0000-7000-8000-0000000000c2"));
    private static readonly XNamespace Ddi = "ddi:codebook:2_5";

    private static readonly MadeUp[] People =
    [
        .. Enumerable.Repeat(new MadeUp("f", 30, "tent"), 6), .. Enumerable.Repeat(new MadeUp("m", 41, "=cmd"), 6), new MadeUp("f", 71, "outside", Sharing: false),
    ];

    [Theory, OnEveryStore]
    public async Task Holds_the_same_rows_in_every_format(StoreKind store)
    {
        await using var house = await Approved(store);
        var files = (await APackage.HandedOver(house, Id)).Files;
        Assert.Equal(["data.csv", "data.xlsx", "data.parquet", "codebook.csv", "datapackage.json", "ddi.xml", "report.html", "terms.html", "manifest.json", "manifest.sig"], files.Keys);
        var csv = Lines(files["data.csv"]).Select(l => l.Split(',')).ToList();
        var workbook = Sheet(files["data.xlsx"]);
        Assert.Equal(csv[0], workbook[0]);
        Assert.Equal(csv[1], workbook[1]);
        Assert.Equal(csv.Skip(2).Select(Unquoted), workbook.Skip(2));
        await using var parquet = await ParquetReader.CreateAsync(new MemoryStream(files["data.parquet"]));
        Assert.Equal(csv[0], parquet.Schema.Fields.Select(f => f.Name));
        using var group = parquet.OpenRowGroupReader(0);
        var codes = new string?[group.RowCount];
        await group.ReadAsync(parquet.Schema.DataFields[0], codes.AsMemory());
        Assert.Equal(csv.Skip(2).Select(r => r[0]), codes);
    }

    [Theory, OnEveryStore]
    public async Task Has_no_formula_that_a_spreadsheet_would_run(StoreKind store)
    {
        await using var house = await Approved(store);
        var files = (await APackage.HandedOver(house, Id)).Files;
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(files["data.xlsx"]));
        var sheet = await new StreamReader(archive.Entries.First(e => e.FullName.Contains("worksheets/", StringComparison.Ordinal)).Open()).ReadToEndAsync();
        var cells = SafeXml.Parse(sheet).Document!.Descendants().Where(e => e.Name.LocalName == "c").ToList();
        Assert.DoesNotContain(cells, c => c.Elements().Any(e => e.Name.LocalName == "f"));
        Assert.Equal(6, cells.Count(c => c.Value == "=cmd" && c.Attribute("t")?.Value == "inlineStr" && c.Attribute("s")?.Value == "1"));
        Assert.DoesNotContain(",=cmd", Encoding.UTF8.GetString(files["data.csv"]), StringComparison.Ordinal);
    }

    [Theory, OnEveryStore]
    public async Task Describes_itself_for_programs_and_archives(StoreKind store)
    {
        await using var house = await Approved(store);
        var files = (await APackage.HandedOver(house, Id)).Files;
        using var package = JsonDocument.Parse(files["datapackage.json"]);
        Assert.Empty(Frictionless.Problems(package.RootElement, files));
        var ddi = SafeXml.Parse(new MemoryStream(files["ddi.xml"])).Document!.Root!;
        Assert.Equal((Ddi + "codeBook", "2.5"), (ddi.Name, ddi.Attribute("version")!.Value));
        Assert.Equal(["row", "sex", "age_group", "shelter"], ddi.Descendants(Ddi + "var").Select(v => v.Attribute("name")!.Value));
        Assert.Equal(["f", "m"], ddi.Descendants(Ddi + "var").First(v => v.Attribute("name")!.Value == "sex").Descendants(Ddi + "catValu").Select(c => c.Value));
        Assert.Contains("f,f", Encoding.UTF8.GetString(files["codebook.csv"]), StringComparison.Ordinal);
        Assert.Contains("fewer than 5", Encoding.UTF8.GetString(files["report.html"]), StringComparison.Ordinal); // one person did not share; the exact count is not told
        Assert.Contains("Better shelter", Encoding.UTF8.GetString(files["terms.html"]), StringComparison.Ordinal);
    }

    [Theory, OnEveryStore]
    public async Task Is_signed_and_every_file_is_in_its_manifest(StoreKind store)
    {
        await using var house = await Approved(store);
        var files = (await APackage.HandedOver(house, Id)).Files;
        var manifest = JsonSerializer.Deserialize<Amana.Features.Sharing.Packages.PackageManifest>(files["manifest.json"], JsonSerializerOptions.Web)!;
        Assert.Equal(files.Keys.Except(["manifest.json", "manifest.sig"]), manifest.Files.Select(f => f.Path));
        Assert.All(manifest.Files, f => Assert.Equal(f.Sha256, Convert.ToHexStringLower(SHA256.HashData(files[f.Path]))));
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetString(files["manifest.sig"]), out var note, out _));
        Assert.Single(note.Examine([NoteVerifier.Parse(manifest.Key)]).SignedBy);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(files["manifest.json"])), note.Text, StringComparison.Ordinal);
    }

    [Theory, OnEveryStore]
    public async Task To_a_public_key_opens_with_that_key_alone(StoreKind store)
    {
        await using var house = await Approved(store);
        using var identity = Key.Create(KeyAgreementAlgorithm.X25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        using var other = Key.Create(KeyAgreementAlgorithm.X25519);
        var wish = ASharingHouse.ACopy(house) with { Protection = CopyProtection.PublicKey, RecipientKey = Bech32.Of("age", identity.PublicKey.Export(KeyBlobFormat.RawPublicKey)) };
        Assert.Equal("copy.key-not-readable", Assert.Single((await APackage.HandOver(house, Id, wish with { RecipientKey = wish.RecipientKey![..^1] + "q" })).Refusals).Slug);
        var made = (await APackage.HandOver(house, Id, wish)).Result;
        Assert.Null(made.Password);
        var file = await APackage.Fetched(house, Id, made.Id);
        Assert.EndsWith(".zip.age", file.Name, StringComparison.Ordinal);
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(APackage.Unage(file.Content, identity)));
        Assert.Contains(archive.Entries, e => e.FullName == "manifest.json");
        Assert.ThrowsAny<CryptographicException>(() => APackage.Unage(file.Content, other));
    }

    [Theory, OnEveryStore]
    public async Task Is_not_handed_out_once_called_back_or_expired(StoreKind store)
    {
        await using var house = await Approved(store);
        var first = (await APackage.HandOver(house, Id, ASharingHouse.ACopy(house))).Result.Id;
        var second = (await APackage.HandOver(house, Id, ASharingHouse.ACopy(house))).Result.Id;
        Assert.Equal("copy.expires-after-agreement", Assert.Single((await APackage.HandOver(house, Id, ASharingHouse.ACopy(house) with { ExpiresOn = new DateOnly(2099, 1, 1) })).Refusals).Slug);
        Assert.True((await house.Do((RecallCopy use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, first, "A yes was taken back", CancellationToken.None))).IsDone);
        Assert.True((await house.Do((AnswerRecall use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, first, RecallAnswer.Deleted, "By mail, all copies", CancellationToken.None))).IsDone);
        Assert.Equal("copy.not-recalled", Assert.Single((await house.Do((AnswerRecall use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, second, RecallAnswer.Deleted, "?", CancellationToken.None))).Refusals).Slug);
        Assert.Equal("copy.recalled-already", Assert.Single((await Fetch(house, first)).Refusals).Slug);
        Assert.True((await Fetch(house, second)).IsDone);
        house.House.Clock.Move(TimeSpan.FromDays(31));
        Assert.NotEmpty((await Fetch(house, second)).Refusals);
    }

    [Fact]
    public async Task Opens_with_the_tools_that_recipients_have()
    {
        if (!Tool.Has("7z") || !Tool.Has("age") || !Tool.Has("soffice"))
            Assert.Skip("7-Zip, age and LibreOffice are not all on this machine.");
        await using var house = await Approved(StoreKind.Sqlite);
        var folder = Directory.CreateTempSubdirectory("package-").FullName;
        var package = await APackage.HandedOver(house, Id);
        await File.WriteAllBytesAsync(Path.Combine(folder, "copy.zip"), package.File.Content);
        Assert.Contains("Everything is Ok", await Tool.Run(folder, "7z", "t", "-p" + package.Password, "copy.zip"), StringComparison.Ordinal);
        Assert.DoesNotContain("Everything is Ok", await Tool.Run(folder, "7z", "t", "-pWRONG", "copy.zip"), StringComparison.Ordinal);
        await Tool.Run(folder, "7z", "x", "-p" + package.Password, "copy.zip");
        await Tool.Run(folder, "soffice", "--headless", "-env:UserInstallation=file://" + folder + "/office", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", Path.Combine(folder, "out"), "data.xlsx");
        Assert.Equal(14, (await File.ReadAllLinesAsync(Path.Combine(folder, "out", "data.csv"))).Length);
        await Tool.Run(folder, "age-keygen", "-o", "key.txt");
        var key = (await File.ReadAllTextAsync(Path.Combine(folder, "key.txt"))).Split("public key: ")[1].Split('\n')[0];
        var made = (await APackage.HandOver(house, Id, ASharingHouse.ACopy(house) with { Protection = CopyProtection.PublicKey, RecipientKey = key })).Result;
        await File.WriteAllBytesAsync(Path.Combine(folder, "copy.age"), (await APackage.Fetched(house, Id, made.Id)).Content);
        await Tool.Run(folder, "age", "-d", "-i", "key.txt", "-o", "opened.zip", "copy.age");
        Assert.Contains("Everything is Ok", await Tool.Run(folder, "7z", "t", "opened.zip"), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<ASharingHouse> Approved(StoreKind store)
    {
        var house = await ASharingHouse.Open(store, People);
        Assert.True((await house.Do((SubmitRelease use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, ASharingHouse.Draft("sex", "age", "shelter"), ("Shelter in March", ASharingHouse.Note), CancellationToken.None))).IsDone);
        Assert.True((await house.Do((DecideRelease use) => use.Handle(ASharingHouse.TheApprover, ASharingHouse.Activity, Id, true, "Safe and useful", CancellationToken.None))).IsDone);
        return house;
    }

    private static Task<Outcome<HandedOutFile>> Fetch(ASharingHouse house, ReleaseCopyId copy) =>
        house.Do((FetchCopy use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, copy, CancellationToken.None));

    private static string[] Lines(byte[] csv) => Encoding.UTF8.GetString(csv).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string[] Unquoted(string[] cells) => [.. cells.Select(c => c.TrimStart('\''))];

    private static List<string[]> Sheet(byte[] workbook)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(workbook));
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? "")]);
        return rows;
    }

    /// <summary>A program of the machine, for what only others' programs can show.</summary>
    private static class Tool
    {
        public static bool Has(string name) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(p => File.Exists(Path.Combine(p, name)));

        public static async Task<string> Run(string folder, string name, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(name, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return await said + await wrong;
        }
    }
}
