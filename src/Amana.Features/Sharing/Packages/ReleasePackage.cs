using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amana.Domain.Principles;
using Amana.Domain.Sharing;
using Amana.Features.Analysis;
using Amana.Features.Analysis.Export;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Features.Texts;

namespace Amana.Features.Sharing.Packages;

/// <summary>The manifest of a package: which copy it is, for whom, until when, and the hash of each file in it.</summary>
/// <param name="Format">The kind and version of this manifest.</param>
/// <param name="Package">The name of the copy.</param>
/// <param name="Release">SHA-256 of the release as the register knows it.</param>
/// <param name="Recipient">For whom.</param>
/// <param name="Agreement">Under which agreement.</param>
/// <param name="Need">For which purpose.</param>
/// <param name="Issued">The day it was made.</param>
/// <param name="Expires">Its last day.</param>
/// <param name="Key">The key that the signature is checked with.</param>
/// <param name="Files">Every file but the manifest and its signature.</param>
public sealed record PackageManifest(string Format, string Package, string Release, string Recipient, string Agreement, string Need, DateOnly Issued, DateOnly Expires, string Key, IReadOnlyList<ManifestFile> Files)
{
    /// <summary>The format that is written now.</summary>
    public const string CurrentFormat = "amana-release/1";
}

/// <summary>One file of a package.</summary>
public sealed record ManifestFile(string Path, long Bytes, string Sha256);

/// <summary>Puts a copy of a release together: the data in three formats, what it means, how it came to be, how safe it is, the terms, and a signed manifest.</summary>
internal static class ReleasePackage
{
    private static readonly JsonSerializerOptions Written = new(Mapping.Json) { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The name by which a copy is known: the first of the release's hash, and the copy's number.</summary>
    public static string NameOf(Release release, int number) => string.Create(CultureInfo.InvariantCulture, $"release-{release.FileHash[..12]}-{number}");

    public static async Task<IReadOnlyList<KeyValuePair<string, byte[]>>> Of(
        ActivitySnapshot activity, Release release, Agreement agreement, PackedRelease copy, (int Number, DateOnly ExpiresOn) of, Language language, ReleaseSeal seal, CancellationToken cancellationToken)
    {
        var facts = FactsOf(activity, release, agreement, of);
        var csv = Csv(copy);
        var codebook = CsvFile.Write(Codebook.Head, Codebook.Lines(copy.Columns, language.Code).Select(l => (IReadOnlyList<string>)[.. l.Select(c => c ?? "")]));
        var report = new ReleaseReport(language, facts, activity.Limits.SmallCell);
        List<KeyValuePair<string, byte[]>> files =
        [
            new("data.csv", csv), new("data.xlsx", Workbook(copy, language.Code)), new("data.parquet", await ParquetTable.Write(copy, cancellationToken)),
            new("codebook.csv", codebook), new("datapackage.json", DataPackageFile.Write(facts, copy, csv, codebook, language.Code)), new("ddi.xml", DdiCodebook.Write(facts, copy, language.Code)),
            new("report.html", report.Method(release, copy)), new("terms.html", report.Terms(agreement)),
        ];
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new PackageManifest(PackageManifest.CurrentFormat, facts.Name, release.FileHash, facts.Recipient, facts.AgreementTitle, release.NeedCode, facts.Issued,
            facts.ExpiresOn, seal.VerifierKey, [.. files.Select(f => new ManifestFile(f.Key, f.Value.Length, Convert.ToHexStringLower(SHA256.HashData(f.Value))))]), Written);
        files.Add(new("manifest.json", manifest));
        files.Add(new("manifest.sig", Encoding.UTF8.GetBytes(seal.Sign(manifest))));
        return files;
    }

    private static CopyFacts FactsOf(ActivitySnapshot s, Release release, Agreement agreement, (int Number, DateOnly ExpiresOn) of)
    {
        string Organisation(Domain.Shared.OrganisationId id) => s.Organisations.FirstOrDefault(o => o.Id == id)?.Name ?? "";
        var need = s.Purpose?.Content.Needs.FirstOrDefault(n => n.Code == release.NeedCode);
        return new CopyFacts(NameOf(release, of.Number), release.Title, string.Join("\n", release.MethodNote.Lines), need is null ? release.NeedCode : $"{need.Code} · {need.Question}", Organisation(release.RecipientId),
            Organisation(agreement.GiverId), agreement.Title, s.Activity.Place.Code[..Math.Min(2, s.Activity.Place.Code.Length)], s.Activity.Place.Code, s.Today, of.ExpiresOn);
    }

    /// <summary>The heads, the HXL hashtags, then the rows. Tabular readers skip the hashtags as a comment.</summary>
    private static byte[] Csv(PackedRelease copy)
    {
        IEnumerable<IReadOnlyList<string>> rows = [[HxlTags.Row, .. copy.Columns.Select(c => c.Hxl)], .. copy.Rows.Select((code, i) => (IReadOnlyList<string>)[code, .. copy.Columns.Select(c => c.Values[i] ?? "")])];
        return CsvFile.Write(["row", .. copy.Columns.Select(c => c.Name)], rows);
    }

    private static byte[] Workbook(PackedRelease copy, string language)
    {
        using var stream = new MemoryStream();
        using (var book = new WorkbookWriter(stream))
        {
            book.Begin("data", [["row", .. copy.Columns.Select(c => c.Name)], [HxlTags.Row, .. copy.Columns.Select(c => c.Hxl)]], [CellKind.Text, .. copy.Columns.Select(c => CellOf(c.Kind))]);
            foreach (var (code, i) in copy.Rows.Select((code, i) => (code, i)))
                book.Row([code, .. copy.Columns.Select(c => c.Values[i])]);
            book.Begin("codebook", [Codebook.Head], [.. Codebook.Head.Select(_ => CellKind.Text)]);
            foreach (var line in Codebook.Lines(copy.Columns, language))
                book.Row(line);
        }

        return stream.ToArray();
    }

    private static CellKind CellOf(ColumnKind kind) => kind switch { ColumnKind.Whole or ColumnKind.Decimal => CellKind.Number, ColumnKind.Day => CellKind.Day, _ => CellKind.Text };
}
