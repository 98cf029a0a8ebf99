using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary>
/// <c>&lt;a-table caption="…"&gt;&lt;thead&gt;…&lt;/a-table&gt;</c>: a table with its caption, in a frame that scrolls by itself and by keyboard. With
/// <c>cards</c> each row becomes a card on a phone; give the cells a <c>data-label</c> then.
/// </summary>
[HtmlTargetElement("a-table")]
public sealed class TableTag(PageTexts texts) : TagHelper
{
    [TextKey]
    public string Caption { get; set; } = "";

    public object? CaptionArgs { get; set; }

    /// <summary>The key of a small line below the caption: base, period, limits.</summary>
    [TextKey]
    public string? Note { get; set; }

    public object? NoteArgs { get; set; }

    public bool Cards { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var body = await output.GetChildContentAsync();
        TableFrame.Open(output, texts.Plain(Caption, CaptionArgs));
        var note = Note is null ? Markup.None : Markup.Of($"<small>{texts[Note, NoteArgs]}</small>");
        output.Content.SetHtmlContent(Markup.Of(
            $"<table{Markup.When(Cards, $" class=\"cards\"")}><caption>{texts[Caption, CaptionArgs]}{note}</caption>{body}</table>"));
    }
}

/// <summary>
/// <c>&lt;a-bars caption="…" bars="…" /&gt;</c>: a table whose rows carry a bar beside their number; the bar is drawn without script or style.
/// </summary>
[HtmlTargetElement("a-bars")]
public sealed class BarsTag(PageTexts texts) : TagHelper
{
    [TextKey]
    public string Caption { get; set; } = "";

    public object? CaptionArgs { get; set; }

    /// <summary>The key of the base and limits of the figures ("n = …").</summary>
    [TextKey]
    public string? Note { get; set; }

    public object? NoteArgs { get; set; }

    public IReadOnlyList<Bar> Bars { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        TableFrame.Open(output, texts.Plain(Caption, CaptionArgs));
        var note = Note is null ? Markup.None : Markup.Of($"<small>{texts[Note, NoteArgs]}</small>");
        output.Content.SetHtmlContent(Markup.Of(
            $"<table class=\"bars\"><caption>{texts[Caption, CaptionArgs]}{note}</caption><tbody>{Markup.Join(Bars.Select(Row))}</tbody></table>"));
    }

    private static IHtmlContent Row(Bar bar)
    {
        var width = Math.Clamp(bar.Share * 100, 0, 100).ToString("0.#", CultureInfo.InvariantCulture);
        var sign = bar.State is { } state and not ShownState.Met ? Markup.Of($"<span aria-hidden=\"true\">{state.Sign()}</span> ") : Markup.None;
        return Markup.Of(
            $"<tr{Markup.When(bar.State is not null, $" class=\"{bar.State?.Class()}\"")}><th scope=\"row\">{bar.Label}</th><td class=\"draw\" aria-hidden=\"true\"><svg preserveAspectRatio=\"none\" focusable=\"false\"><rect width=\"{width}%\" height=\"100%\" rx=\"3\"/></svg></td><td class=\"num\">{sign}<bdi>{bar.Shown}</bdi></td></tr>");
    }
}

/// <summary><c>&lt;a-pager number="2" size="25" total="310" /&gt;</c>: keeps all filters of the address and changes only <c>page</c>.</summary>
[HtmlTargetElement("a-pager")]
public sealed class PagerTag(PageTexts texts) : TagHelper
{
    /// <summary>The page shown, from 1.</summary>
    public int Number { get; set; } = 1;

    /// <summary>Rows a page.</summary>
    public int Size { get; set; } = 25;

    /// <summary>Rows in all.</summary>
    public int Total { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var last = Math.Max(1, (Total + Size - 1) / Size);
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Attributes.SetAttribute("aria-label", texts.Plain("pager.label"));
        var from = Total == 0 ? 0 : ((Number - 1) * Size) + 1;
        var shown = Markup.Of($"<p>{texts["pager.shown", new { from, to = Math.Min(Number * Size, Total), total = Total }]}</p>");
        var links = last == 1 ? Markup.None : Markup.Of(
            $"<ul>{Markup.When(Number > 1, $"<li><a rel=\"prev\" href=\"{Href(Number - 1)}\">{texts["pager.previous"]}</a></li>")}{Markup.Join(Near(last).Select(Page))}{Markup.When(Number < last, $"<li><a rel=\"next\" href=\"{Href(Number + 1)}\">{texts["pager.next"]}</a></li>")}</ul>");
        output.Content.SetHtmlContent(Markup.Of($"{shown}{links}"));
    }

    private IHtmlContent Page(int? page) => page switch
    {
        null => Markup.Of($"<li><span aria-hidden=\"true\">…</span></li>"),
        { } n when n == Number => Markup.Of($"<li><span aria-current=\"page\">{texts.Number(n)}</span></li>"),
        { } n => Markup.Of($"<li><a href=\"{Href(n)}\">{texts.Number(n)}</a></li>"),
    };

    // First, last, and the neighbours of where we are; null is a gap.
    private IEnumerable<int?> Near(int last)
    {
        var before = 0;
        foreach (var n in Enumerable.Range(1, last).Where(n => n == 1 || n == last || Math.Abs(n - Number) <= 1))
        {
            if (n - before > 1) yield return null;
            yield return n;
            before = n;
        }
    }

    private string Href(int page)
    {
        var request = ViewContext.HttpContext.Request;
        var query = new QueryBuilder(
            from pair in request.Query
            where pair.Key != "page"
            from value in pair.Value
            select KeyValuePair.Create(pair.Key, value ?? ""))
        {
            { "page", page.ToString(CultureInfo.InvariantCulture) },
        };
        return request.PathBase + request.Path + query.ToQueryString();
    }
}

internal static class TableFrame
{
    /// <summary>A region that can be scrolled by keyboard (WCAG 2.2, 2.1.1), named as its table.</summary>
    public static void Open(TagHelperOutput output, string name)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "scroll");
        output.Attributes.SetAttribute("role", "region");
        output.Attributes.SetAttribute("tabindex", "0");
        output.Attributes.SetAttribute("aria-label", name);
    }
}
