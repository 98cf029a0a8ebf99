using System.Globalization;
using System.Net;
using System.Text;
using Amana.Domain.Sharing;
using Amana.Features.Texts;

namespace Amana.Features.Sharing.Packages;

/// <summary>What goes with a copy for people to read: how the data came to be and how safe it is, and the terms under which it was given. Pages of their own that any browser shows and prints.</summary>
internal sealed class ReleaseReport(Language language, CopyFacts facts, int smallCell)
{
    private static readonly Lazy<Texts.Texts> All = new(static () => Texts.Texts.Load(typeof(Texts.Texts).Assembly));

    /// <summary>A count that tells of nobody: small ones only as "fewer than".</summary>
    public static string Safely(Texts.Texts texts, Language language, int count, int smallCell) =>
        count > 0 && count < smallCell ? texts.Get(language, "package.fewer", new { limit = smallCell }) : texts.Number(language, count);

    /// <summary>Method and disclosure report (IMP-4, CO-4).</summary>
    public byte[] Method(Release release, PackedRelease copy)
    {
        var left = copy.LeftOut;
        var page = Page("package.report.title");
        Facts(page);
        Heading(page, "package.report.method");
        foreach (var line in release.MethodNote.Lines)
            Paragraph(page, line);
        Heading(page, "package.report.contents");
        Table(page, [("package.report.rows", All.Value.Number(language, copy.Rows.Count)), ("package.report.columns", string.Join(", ", copy.Columns.Select(c => c.Name))),
            ("package.report.without", Safely(All.Value, language, left.WithoutSharing, smallCell)), ("package.report.values", All.Value.Number(language, left.Values))]);
        Paragraph(page, Say("package.report.consent"));
        Heading(page, "package.report.risk");
        Table(page, [("package.report.keys", string.Join(", ", release.Risk.Keys)), ("package.report.k", Say("package.report.k.text", new { smallest = release.Risk.SmallestGroup, threshold = release.Risk.Threshold })),
            ("package.report.global", All.Value.Percent(language, (decimal)release.Risk.GlobalRisk))]);
        Paragraph(page, Say("package.report.risk.text"));
        Heading(page, "package.report.check");
        Paragraph(page, Say("package.report.check.text"));
        return End(page);
    }

    /// <summary>The terms of the copy.</summary>
    public byte[] Terms(Agreement agreement)
    {
        var page = Page("package.terms.title");
        Facts(page);
        Heading(page, "package.terms.purpose");
        Paragraph(page, agreement.Purpose);
        Heading(page, "package.terms.safeguards");
        Paragraph(page, agreement.Safeguards);
        Heading(page, "package.terms.duties");
        foreach (var duty in new[] { "package.terms.alone", "package.terms.nobody", "package.terms.delete", "package.terms.recall", "package.terms.mark", "package.terms.breach" })
            Paragraph(page, Say(duty, new { date = Day(facts.ExpiresOn), recipient = facts.Recipient, giver = facts.Giver }));
        return End(page);
    }

    private StringBuilder Page(string title) => new StringBuilder(4096)
        .Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"{language.Code}\" dir=\"{(language.IsRightToLeft ? "rtl" : "ltr")}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
        .Append(CultureInfo.InvariantCulture, $"<title>{Encoded(Say(title))}</title>\n<style>body{{font-family:sans-serif;max-inline-size:45rem;margin:2rem auto;padding-inline:1rem;line-height:1.5}}table{{border-collapse:collapse;inline-size:100%}}th,td{{border:1px solid #999;padding:.4rem;text-align:start;vertical-align:top}}th{{inline-size:40%}}</style></head>\n")
        .Append(CultureInfo.InvariantCulture, $"<body><h1>{Encoded(Say(title))}</h1>\n<p><strong><bdi>{Encoded(facts.Title)}</bdi></strong></p>\n");

    private void Facts(StringBuilder page) => Table(page,
    [
        ("package.fact.recipient", facts.Recipient), ("package.fact.giver", facts.Giver), ("package.fact.agreement", facts.AgreementTitle), ("package.fact.need", facts.Need),
        ("package.fact.issued", Day(facts.Issued)), ("package.fact.expires", Day(facts.ExpiresOn)), ("package.fact.copy", facts.Name),
    ]);

    private void Table(StringBuilder page, IReadOnlyList<(string Key, string Value)> lines)
    {
        page.Append("<table>\n");
        foreach (var (key, value) in lines)
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Encoded(Say(key))}</th><td><bdi>{Encoded(value)}</bdi></td></tr>\n");
        page.Append("</table>\n");
    }

    private void Heading(StringBuilder page, string key) => page.Append(CultureInfo.InvariantCulture, $"<h2>{Encoded(Say(key))}</h2>\n");

    private static void Paragraph(StringBuilder page, string words) => page.Append(CultureInfo.InvariantCulture, $"<p dir=\"auto\">{Encoded(words)}</p>\n");

    private static byte[] End(StringBuilder page) => Encoding.UTF8.GetBytes(page.Append("</body></html>\n").ToString());

    private string Say(string key, object? args = null) => All.Value.Get(language, key, args);

    private string Day(DateOnly day) => All.Value.Date(language, day);

    private static string Encoded(string words) => WebUtility.HtmlEncode(words);
}
