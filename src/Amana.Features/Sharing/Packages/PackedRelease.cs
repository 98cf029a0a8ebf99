using System.Globalization;
using System.Text.Json;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Analysis;
using Amana.Features.Platform;

namespace Amana.Features.Sharing.Packages;

/// <summary>What the values of a column are.</summary>
public enum ColumnKind { Text, Choice, Whole, Decimal, Day }

/// <summary>A column of a release with what a reader has to know of it.</summary>
/// <param name="Name">Its name in every file.</param>
/// <param name="Label">The question, in the languages of the form.</param>
/// <param name="Hxl">Its HXL hashtag.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="IsKey">Somebody could know it beforehand; it was measured.</param>
/// <param name="Choices">Codes and their words, where answers are fixed.</param>
/// <param name="Values">One for each row; none where it was not answered or was left out.</param>
internal sealed record PackedColumn(string Name, LocalText Label, string Hxl, ColumnKind Kind, bool IsKey, IReadOnlyList<ElementChoice> Choices, IReadOnlyList<string?> Values);

/// <summary>What was left out before the file was made.</summary>
/// <param name="InUse">Records in use at the moment of measuring.</param>
/// <param name="WithoutSharing">Records of people who did not say yes to this sharing.</param>
/// <param name="Values">Single values taken out to protect people.</param>
internal sealed record LeftOutCounts(int InUse, int WithoutSharing, int Values);

/// <summary>The content of a release's box: codes of its rows, columns with their words and values, and what was left out.</summary>
internal sealed record PackedRelease(IReadOnlyList<string> Rows, IReadOnlyList<PackedColumn> Columns, LeftOutCounts LeftOut)
{
    public byte[] Pack() => JsonSerializer.SerializeToUtf8Bytes(this, Mapping.Json);

    public static PackedRelease Unpack(byte[] content) => JsonSerializer.Deserialize<PackedRelease>(content, Mapping.Json)!;

    /// <summary>The rows as text, by which the release is known in the register; every file of every copy holds the same values.</summary>
    public byte[] Csv() => CsvFile.Write(["row", .. Columns.Select(c => c.Name)], Rows.Select((code, row) => (IReadOnlyList<string>)[code, .. Columns.Select(c => c.Values[row] ?? "")]));

    /// <summary>The same release with the codes of one copy, in their order: what one recipient holds.</summary>
    public PackedRelease AsCopy(Func<string, string> codeOf)
    {
        var order = Rows.Select((row, index) => (Code: codeOf(row), Index: index)).OrderBy(r => r.Code, StringComparer.Ordinal).ToList();
        return new PackedRelease([.. order.Select(r => r.Code)], [.. Columns.Select(c => c with { Values = [.. order.Select(r => c.Values[r.Index])] })], LeftOut);
    }

    /// <summary>What kind of values these are, whatever the form said of them.</summary>
    public static ColumnKind KindOf(Element element, IReadOnlyList<string?> values)
    {
        var given = values.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (given.Count > 0 && given.TrueForAll(v => DateOnly.TryParseExact(v, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
            return ColumnKind.Day;
        if (element.IsCoded)
            return element.Type.StartsWith("select_multiple", StringComparison.Ordinal) || element.Type == "select" ? ColumnKind.Text : ColumnKind.Choice;
        if (given.Count > 0 && given.TrueForAll(v => long.TryParse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n.ToString(CultureInfo.InvariantCulture) == v))
            return ColumnKind.Whole;
        return given.Count > 0 && given.TrueForAll(v => decimal.TryParse(v, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)) ? ColumnKind.Decimal : ColumnKind.Text;
    }
}

/// <summary>HXL hashtags (HXL standard 1.1) of what a release holds.</summary>
internal static class HxlTags
{
    public const string Row = "#meta+id";

    /// <summary>The hashtag of a column. Place codes that follow the pattern of P-codes (country, then two digits a level) say their level.</summary>
    public static string Of(Element element, IReadOnlyList<string?> values) => element.Role switch
    {
        ElementRole.Sex => "#respondee+sex",
        ElementRole.Age or ElementRole.AgeGroup => "#respondee+age",
        ElementRole.Disability => "#respondee+disability",
        >= ElementRole.DifficultySeeing and <= ElementRole.DifficultyCommunicating => "#respondee+disability+" + Attribute(element.Name),
        ElementRole.Place => PlaceTag([.. values.OfType<string>().Distinct(StringComparer.Ordinal)]),
        ElementRole.InterviewDate => "#date+interview",
        _ => "#indicator+" + Attribute(element.Name),
    };

    /// <summary>The administrative level of a P-code; none for another code.</summary>
    public static int? LevelOf(string code) =>
        code.Length is 4 or 6 or 8 or 10 && char.IsAsciiLetterUpper(code[0]) && char.IsAsciiLetterUpper(code[1]) && code.Skip(2).All(char.IsAsciiDigit) ? (code.Length - 2) / 2 : null;

    private static string PlaceTag(List<string> codes) =>
        codes.Count > 0 && LevelOf(codes[0]) is { } level && codes.TrueForAll(c => LevelOf(c) == level) ? "#adm" + level.ToString(CultureInfo.InvariantCulture) + "+code" : "#loc+code";

    /// <summary>A name as an attribute: letters, digits and underscores, beginning with a letter.</summary>
    private static string Attribute(string name)
    {
        var plain = string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')).Trim('_');
        return plain.Length > 0 && char.IsAsciiLetter(plain[0]) ? plain : "q_" + plain;
    }
}
