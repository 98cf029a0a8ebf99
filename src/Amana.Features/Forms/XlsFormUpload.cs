using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.XForms;
using Amana.XForms.Review;

namespace Amana.Features.Forms;

/// <summary>Turns a workbook into a form ready to be kept, with the engine's problems as refusals that name sheet, row and column.</summary>
public static partial class XlsFormUpload
{
    private static readonly Dictionary<string, string> LanguageNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["english"] = "en", ["french"] = "fr", ["français"] = "fr", ["francais"] = "fr", ["spanish"] = "es", ["español"] = "es", ["espanol"] = "es",
        ["arabic"] = "ar", ["العربية"] = "ar", ["عربي"] = "ar", ["ukrainian"] = "uk", ["українська"] = "uk", ["portuguese"] = "pt", ["português"] = "pt",
        ["swahili"] = "sw", ["kiswahili"] = "sw", ["kurdish"] = "ku", ["dari"] = "prs", ["pashto"] = "ps", ["amharic"] = "am", ["somali"] = "so", ["hausa"] = "ha",
    };

    /// <summary>Reads and converts a workbook. All errors come at once.</summary>
    /// <param name="workbook">The file, byte for byte.</param>
    /// <param name="fileName">Its name; the form's id falls back on it.</param>
    /// <param name="onlyLanguage">The tag of the language that a form without translations is written in.</param>
    /// <param name="publicKey">The activity's own key for encryption on the phone, where it is switched on. A key that the workbook names is never used: nobody here could open what it closed.
    /// Nor is an address that it names: answers come to this house alone.</param>
    public static Outcome<ReadForm> Read(byte[] workbook, string fileName, string onlyLanguage, string? publicKey = null)
    {
        using var stream = new MemoryStream(workbook, writable: false);
        var reading = XlsForm.Read(stream, fileName);
        if (reading.Form is not { } written || reading.Problems.Any(p => p.StopsClients))
            return reading.Problems.Where(p => p.StopsClients).Select(Refused).ToList();
        var form = written with { Settings = written.Settings with { PublicKey = publicKey, SubmissionUrl = null } };
        var xform = XFormWriter.Write(form);
        var missing = form.MissingTexts().ToList();
        var tags = form.Languages.Count == 0 ? [onlyLanguage] : form.Languages.Select(l => TagOf(l, onlyLanguage)).Distinct(StringComparer.Ordinal).ToList();
        var incomplete = missing.Select(m => TagOf(m.Language ?? "", onlyLanguage)).ToHashSet(StringComparer.Ordinal);
        return new ReadForm(form.Settings.FormId, form.Settings.Version, form.Settings.Title, workbook, fileName, xform,
            FileReading.Md5Of(Encoding.UTF8.GetBytes(xform)), [.. tags.Where(t => !incomplete.Contains(t))],
            [.. form.Questions.Where(IsElement).Select(q => ElementOf(form, q, onlyLanguage))],
            [.. missing.Select(m => $"{m.Path ?? m.List + "/" + m.Choice} {m.Element}: {m.Language}").Take(500)])
        {
            Encrypts = publicKey is not null, AsksToEncrypt = written.Settings.PublicKey is not null,
            Entities = EntityUses.Of(xform), Files = NeededFiles.Of(xform), Itemsets = form.ExternalChoices is { } choices ? FileReading.ItemsetsOf(choices) : null,
            Findings = [.. FormReview.Of(form).Select(f => new ReviewFinding(f.Rule, (ReviewWeight)f.Severity, f.Path, f.Place.Sheet ?? "", f.Place.Row, Shortened(f.Detail)))],
        };
    }

    private const int LongestDetail = 200;

    private static string Shortened(string detail) => detail.Length <= LongestDetail ? detail : detail[..LongestDetail] + "…";

    /// <summary>The tag of a language as XLSForms name it: "French (fr)", "French", "fr".</summary>
    public static string TagOf(string xlsFormLanguage, string onlyLanguage)
    {
        var match = TagInBrackets().Match(xlsFormLanguage);
        if (match.Success)
            return match.Groups["tag"].Value.ToLowerInvariant();
        var name = xlsFormLanguage.Trim();
        return name.Length == 0 || string.Equals(name, "default", StringComparison.OrdinalIgnoreCase) ? onlyLanguage
            : LanguageNames.TryGetValue(name, out var tag) ? tag : name.ToLowerInvariant();
    }

    private static Refusal Refused(FormProblem problem) => new Refusal("form.problem")
        .With("message", problem.Message).With("sheet", problem.Place.Sheet ?? "").With("row", problem.Place.Row.ToString(CultureInfo.InvariantCulture))
        .With("column", problem.Place.Column ?? "").At("Workbook").MendedBy(Mender.You, MendPage.Form);

    /// <summary>Whatever can bring a value is an element; notes and what the engine adds by itself are not.</summary>
    private static bool IsElement(FormQuestion question) =>
        !question.IsGenerated && question.Type is not ("note" or "audit") && question.Kind is not QuestionKind.Note;

    private static Element ElementOf(FormModel form, FormQuestion question, string onlyLanguage) => new()
    {
        Path = question.Path, Name = question.Name, Type = question.Type, ChoiceList = question.ChoicesFrom,
        Label = TextOf(question.Label, onlyLanguage),
        Choices = [.. form.ChoicesOf(question).Select(c => new ElementChoice(c.Name, TextOf(c.Label, onlyLanguage)))],
        Computed = !question.IsShown,
        Repeated = form.Nodes.OfType<FormRepeat>().Any(r => question.Path.StartsWith(r.Path + "/", StringComparison.Ordinal)),
    };

    private static LocalText TextOf(FormText? text, string onlyLanguage) => text is null ? LocalText.Empty
        : new LocalText(text.Texts.GroupBy(t => TagOf(t.Language ?? "", onlyLanguage), StringComparer.Ordinal).Select(g => new KeyValuePair<string, string>(g.Key, g.First().Text)));

    [GeneratedRegex(@"\((?<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)\s*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TagInBrackets();
}
