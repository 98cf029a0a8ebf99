using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary>What the boxes with a title share: the title is a key, what stands inside the element is the rest.</summary>
public abstract class BoxTag(PageTexts texts) : TagHelper
{
    [TextKey]
    public string? Title { get; set; }

    /// <summary>Values of the title's placeholders.</summary>
    public object? TitleArgs { get; set; }

    protected PageTexts Texts => texts;

    protected IHtmlContent TitleText => Title is null ? Markup.None : texts[Title, TitleArgs];

    protected static void Frame(TagHelperOutput output, string element, string classes)
    {
        output.TagName = element;
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", classes);
    }
}

/// <summary><c>&lt;a-next title="…"&gt;why&lt;a class="btn"…&gt;&lt;/a-next&gt;</c>: the one next step of a page, said first, with one button.</summary>
[HtmlTargetElement("a-next")]
public sealed class NextTag(PageTexts texts) : BoxTag(texts)
{
    /// <summary>due or unmet colours the edge; the brand's colour otherwise.</summary>
    public string? Tone { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var body = await output.GetChildContentAsync();
        Frame(output, "section", Tone is null ? "card next" : "card next " + ShownStates.Parse(Tone).Class());
        output.Content.SetHtmlContent(Markup.Of($"<p class=\"kicker\">{Texts["next.kicker"]}</p><h2>{TitleText}</h2>{body}"));
    }
}

/// <summary><c>&lt;a-empty title="…"&gt;what will be here, why it matters, how to begin&lt;/a-empty&gt;</c>.</summary>
[HtmlTargetElement("a-empty")]
public sealed class EmptyTag(PageTexts texts) : BoxTag(texts)
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var body = await output.GetChildContentAsync();
        Frame(output, "section", "empty");
        output.Content.SetHtmlContent(Markup.Of($"<h2>{TitleText}</h2>{body}"));
    }
}

/// <summary><c>&lt;a-notice tone="met" title="…"&gt;…&lt;/a-notice&gt;</c>: something the reader should know now.</summary>
[HtmlTargetElement("a-notice")]
public sealed class NoticeTag(PageTexts texts) : BoxTag(texts)
{
    /// <summary>met, due or unmet; neutral otherwise.</summary>
    public string? Tone { get; set; }

    /// <summary>Says it to a screen reader at once: for the answer to what was just done.</summary>
    public bool Live { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var body = await output.GetChildContentAsync();
        Frame(output, "div", Tone is null ? "notice" : "notice " + ShownStates.Parse(Tone).Class());
        if (Live) output.Attributes.SetAttribute("role", "status");
        output.Content.SetHtmlContent(Markup.Of($"{(Title is null ? Markup.None : Markup.Of($"<h2>{TitleText}</h2>"))}{body}"));
    }
}

/// <summary>
/// <c>&lt;a-refusal title="refusal.slug" held="…" kept="…" mender="…" href="…" /&gt;</c>: a refusal that teaches: what is held, what is not
/// lost, who can mend it, and the way there. All four are keys or words; what stands inside comes last.
/// </summary>
[HtmlTargetElement("a-refusal")]
public sealed class RefusalTag(PageTexts texts) : BoxTag(texts)
{
    [TextKey]
    public string? Held { get; set; }

    [TextKey]
    public string? Kept { get; set; }

    [TextKey]
    public string? Mender { get; set; }

    public string? Href { get; set; }

    [TextKey]
    public string Action { get; set; } = "refusal.mend";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var body = await output.GetChildContentAsync();
        Frame(output, "section", "notice unmet refusal");
        output.Attributes.SetAttribute("role", "alert");
        var facts = Markup.Of($"{Fact("refusal.held", Held)}{Fact("refusal.kept", Kept)}{Fact("refusal.mender", Mender)}");
        var link = Href is null ? Markup.None : Markup.Of($"<p><a class=\"btn\" href=\"{Href}\">{Texts.KeyOrWords(Action)}</a></p>");
        output.Content.SetHtmlContent(Markup.Of($"<h2>{TitleText}</h2><dl>{facts}</dl>{body}{link}"));
    }

    private IHtmlContent Fact(string term, string? words) => words is null ? Markup.None : Markup.Of($"<dt>{Texts[term]}</dt><dd>{Texts.KeyOrWords(words)}</dd>");
}

/// <summary><c>&lt;a-button text="…" /&gt;</c>: submits its form; with <c>href</c> a link that looks the same. <c>kind</c> is quiet or danger.</summary>
[HtmlTargetElement("a-button")]
public sealed class ButtonTag(PageTexts texts) : TagHelper
{
    [TextKey]
    public string Text { get; set; } = "button.continue";

    public object? TextArgs { get; set; }

    public string? Href { get; set; }

    public string? Kind { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = Href is null ? "button" : "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Kind is null ? "btn" : "btn " + Kind);
        if (Href is not null) output.Attributes.SetAttribute("href", Href);
        else if (!output.Attributes.ContainsName("type")) output.Attributes.SetAttribute("type", "submit");
        output.Content.SetContent(texts.Plain(Text, TextArgs));
    }
}
