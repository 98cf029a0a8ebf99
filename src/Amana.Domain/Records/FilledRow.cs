using System.Globalization;
using Amana.Domain.Forms;
using Amana.Domain.Shared;

namespace Amana.Domain.Records;

/// <summary>Something in a row that does not fit the form: where, never what stands there.</summary>
/// <param name="Row">The row as the spreadsheet program numbers it.</param>
/// <param name="Heading">The column.</param>
/// <param name="Reason">choice-unknown, date-unreadable, number-unreadable, for a ranking rank-twice, rank-gap, rank-unreadable, rank-unordered, rank-contradicts or rank-two-ways, for a turn of a repeat parent-unknown.</param>
public sealed record RowProblem(int Row, string Heading, string Reason);

/// <summary>One row of a table of filled records as answers to a form.</summary>
/// <param name="Number">The row as the spreadsheet program numbers it.</param>
/// <param name="InstanceId">The id that the record came with, if it did.</param>
/// <param name="Answers">By element path.</param>
/// <param name="Problems">What does not fit; such a row is not taken in.</param>
public sealed record FilledRow(int Number, string? InstanceId, IReadOnlyList<KeyValuePair<string, string>> Answers, IReadOnlyList<RowProblem> Problems)
{
    private static readonly string[] Yes = ["1", "true", "yes", "ok", "oui", "si", "sí", "نعم"];
    private static readonly string[] PointOrder = ["latitude", "longitude", "altitude", "accuracy"];

    /// <summary>Reads a row: labels become codes, columns of one choice each become one answer, points come together, days lose their hours.</summary>
    public static FilledRow Read(int number, IReadOnlyList<string?> cells, IReadOnlyList<MappedColumn> mapping, FormVersion form)
    {
        var (answers, problems) = (new List<KeyValuePair<string, string>>(), new List<RowProblem>());
        foreach (var columns in mapping.Where(m => m.Path is not null && m.Column < cells.Count).GroupBy(m => m.Path!, StringComparer.Ordinal))
        {
            if (form.Element(columns.Key) is not { } element)
                continue;
            var (whole, parts) = (columns.FirstOrDefault(m => m.Part is null && m.Place == 0), columns.Where(m => m.Part is not null || m.Place != 0).ToList());
            var given = whole is not null ? cells[whole.Column] : element.Type == "rank" ? null : Together(element, parts, cells);
            if (element.Type == "rank" && parts.Count > 0)
            {
                var (order, unfit) = RankColumns.Read(element, given is null ? null : Codes(element, given.Trim()), parts, cells, Code);
                if (unfit is not null)
                    problems.Add(new RowProblem(number, (whole ?? parts[0]).Heading, unfit));
                given = unfit is null ? order ?? given : null;
            }

            if (string.IsNullOrWhiteSpace(given))
                continue;
            // Labels side by side may be read in two ways, a column for each choice in one.
            if (whole is not null && parts.Count > 0 && element.IsCoded && element.Type != "rank" && InCodes(element, given) is null && Together(element, parts, cells) is { Length: > 0 } together)
                given = together;
            var (text, reason) = Value(element, given.Trim());
            if (reason is null)
                answers.Add(new(columns.Key, text));
            else
                problems.Add(new RowProblem(number, (whole ?? columns.First()).Heading, reason));
        }

        var id = mapping.FirstOrDefault(m => m.IsInstanceId) is { } of && of.Column < cells.Count ? cells[of.Column] : null;
        return new FilledRow(number, id, answers, problems);
    }

    /// <summary>Whether a row holds tags (HXL) and nobody's answers, as exports may have one below the headings.</summary>
    public static bool IsTags(IReadOnlyList<string?> cells) => cells.Any(c => c is not null) && cells.All(c => c is null || (c.Length > 1 && c[0] == '#' && char.IsAsciiLetter(c[1])));

    private static string? Together(Element element, IEnumerable<MappedColumn> parts, IReadOnlyList<string?> cells) => element.Type == "geopoint"
        ? string.Join(' ', PointOrder.Select(p => parts.FirstOrDefault(m => m.Part == p) is { } m ? cells[m.Column] ?? "0" : "0")) is { } point && point != "0 0 0 0" ? point : null
        : string.Join(' ', parts.Where(m => cells[m.Column] is { } cell && Yes.Contains(cell.Trim(), StringComparer.OrdinalIgnoreCase)).Select(m => m.Part));

    private static (string Text, string? Reason) Value(Element element, string given)
    {
        if (element.IsCoded)
            return Codes(element, given) is not { } codes ? ("", "choice-unknown") : element.Type == "rank" && codes.Split(' ').GroupBy(c => c, StringComparer.Ordinal).Any(c => c.Skip(1).Any()) ? ("", "rank-twice") : (codes, null);
        return element.Type switch
        {
            "date" or "today" => Day(given) is { } day ? (day, null) : ("", "date-unreadable"),
            "integer" or "int" => long.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? (given, null) : ("", "number-unreadable"),
            "decimal" => double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? (given, null) : ("", "number-unreadable"),
            "acknowledge" or "trigger" => Yes.Contains(given, StringComparer.OrdinalIgnoreCase) ? ("OK", null) : ("", "choice-unknown"),
            _ => (given, null),
        };
    }

    /// <summary>A code or a label; for multiple selections codes parted by spaces, or labels parted by spaces, commas or semicolons.</summary>
    private static string? Codes(Element element, string given)
    {
        if (!element.Type.Contains("all that apply", StringComparison.Ordinal) && !element.Type.Contains("multiple", StringComparison.Ordinal) && element.Type != "rank")
            return Code(element, given);
        if (InCodes(element, given) is { } codes)
            return codes;
        var (ways, labels) = SideBySide(element, given);
        if (ways > 0)
            return labels;
        foreach (var separators in new[] { ",", ";" })
        {
            var parted = given.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(g => Code(element, g)).ToList();
            if (parted.TrueForAll(c => c is not null))
                return string.Join(' ', parted);
        }

        return null;
    }

    private static string? InCodes(Element element, string given)
    {
        var codes = given.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Array.TrueForAll(codes, code => element.Choices.Any(c => c.Code == code)) ? string.Join(' ', codes) : null;
    }

    /// <summary>Labels with a space between them, as KoboToolbox writes them: in how many ways they can be read (none, one, or more), and the codes where it is one.</summary>
    private static (int Ways, string? Codes) SideBySide(Element element, string given)
    {
        List<(string Code, string Label)> labels = [.. element.Choices.SelectMany(c => c.Label.ByLanguage.Values.Append(c.Code).Where(l => l.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Select(l => (c.Code, l)))];
        // For each place in the text: in how many ways it is reached, and from where by which choice.
        var (ways, last) = (new int[given.Length + 2], new (string Code, int From)[given.Length + 2]);
        ways[0] = 1;
        for (var at = 0; at < given.Length; at++)
        {
            foreach (var (code, label) in ways[at] == 0 ? [] : labels)
            {
                var end = at + label.Length;
                if (string.Compare(given, at, label, 0, label.Length, StringComparison.OrdinalIgnoreCase) != 0 || (end < given.Length && given[end] != ' '))
                    continue;
                ways[end + 1] = Math.Min(2, ways[end + 1] + ways[at]);
                last[end + 1] = (code, at);
            }
        }

        if (ways[^1] != 1)
            return (ways[^1], null);
        var codes = new List<string>();
        for (var at = given.Length + 1; at > 0; at = last[at].From)
            codes.Insert(0, last[at].Code);
        return (1, codes.Distinct(StringComparer.Ordinal).Count() == codes.Count ? string.Join(' ', codes) : null);
    }

    private static string? Code(Element element, string given) =>
        (element.Choices.FirstOrDefault(c => c.Code == given) ?? element.Choices.FirstOrDefault(c => c.Label.ByLanguage.Values.Contains(given, StringComparer.OrdinalIgnoreCase))
            ?? element.Choices.FirstOrDefault(c => string.Equals(c.Code, given, StringComparison.OrdinalIgnoreCase)))?.Code;

    /// <summary>Days in the order year, month, day only: 3/4/2026 is another day in another country.</summary>
    private static string? Day(string given) =>
        given.Length >= 10 && DateOnly.TryParseExact(given[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}

/// <summary>Records came in from a table.</summary>
public sealed record RecordsImported : Change
{
    internal RecordsImported() { }
    public int Rows { get; internal init; }
    public int Accepted { get; internal init; }
    public int Declined { get; internal init; }
    public int Held { get; internal init; }
    public int Known { get; internal init; }
}

/// <summary>When a table of records may be taken in.</summary>
public static class ImportRules
{
    /// <summary>Most rows of one import: what is taken in at a sitting.</summary>
    public const int MostRows = 20_000;

    /// <summary>Refused without a consent column where consent is the basis, without the word of the importer that people heard the notice in force, with rows that do not fit,
    /// with turns that belong to no record.</summary>
    public static IReadOnlyList<Refusal> Check(FormVersion form, bool consentIsTheBasis, IReadOnlyList<MappedColumn> mapping, IReadOnlyList<FilledRow> rows, int orphans, bool heardTheNotice)
    {
        var refusals = new List<Refusal>();
        if (form.State == FormState.Draft)
            refusals.Add(new Refusal("form.not-published").At("Form").MendedBy(Mender.You, MendPage.Form));
        if (rows.Count is 0 or > MostRows)
            refusals.Add(new Refusal("import.rows").At("Upload").With("most", MostRows.ToString(CultureInfo.InvariantCulture)));
        var asked = form.Elements.Where(e => e.Ask == ConsentAsk.Participation).Select(e => e.Path).ToList();
        if (consentIsTheBasis && !mapping.Any(m => m.Path is not null && asked.Contains(m.Path)))
            refusals.Add(new Refusal("import.consent-column", Principles.Principle.InformedConsent).At("Upload").MendedBy(Mender.You, MendPage.Form));
        if (!heardTheNotice)
            refusals.Add(new Refusal("import.notice-heard", Principles.Principle.InformedConsent).At("HeardNotice").MendedBy(Mender.You, MendPage.Notice));
        if (rows.Count(r => r.Problems.Count > 0) + orphans is > 0 and var unfit)
            refusals.Add(new Refusal("import.rows-do-not-fit").At("Upload").With("count", unfit.ToString(CultureInfo.InvariantCulture)));
        return refusals;
    }

    public static RecordsImported Count(int rows, int accepted, int declined, int held, int known) =>
        new() { Rows = rows, Accepted = accepted, Declined = declined, Held = held, Known = known };
}
