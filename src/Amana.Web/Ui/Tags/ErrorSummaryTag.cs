using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary>
/// <c>&lt;a-error-summary&gt;</c>: first on a page whose form was sent back; names every error once and leads to its field. Writes nothing
/// when there is none. An error that is a refusal also says who can mend it, with the way there.
/// </summary>
[HtmlTargetElement("a-error-summary")]
public sealed class ErrorSummaryTag(PageTexts texts, Shell shell) : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors =
            (from entry in ViewContext.ViewData.ModelState
             from error in entry.Value.Errors
             select (Field: entry.Key, Text: texts.KeyOrWords(error.ErrorMessage))).Distinct().ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "section";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "errors");
        output.Attributes.SetAttribute("id", "errors");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("aria-labelledby", "errors-title");
        var items = Markup.Join(errors.Select(e => e.Field.Length == 0
            ? Markup.Of($"<li>{e.Text}{Mended(e.Text)}</li>")
            : Markup.Of($"<li><a href=\"#{FieldTag.FieldId(e.Field)}\">{Named(e.Field)}{e.Text}</a>{Mended(e.Text)}</li>")));
        output.Content.SetHtmlContent(Markup.Of($"<h2 id=\"errors-title\">{Title(errors.Count)}</h2><ul>{items}</ul>"));
    }

    // Whoever only came to read gave no answer that could need attention.
    private IHtmlContent Title(int count) => HttpMethods.IsGet(ViewContext.HttpContext.Request.Method) ? texts["field.held"] : texts["field.errors", new { count }];

    // A layout is written after its page, so that the labels are known there.
    private IHtmlContent Named(string field) =>
        FieldTag.LabelOf(ViewContext.HttpContext, field) is { } label ? Markup.Of($"{label}: ") : Markup.None;

    private IHtmlContent Mended(string words) =>
        shell.Refusals.FirstOrDefault(r => r.Words == words) is { } refusal ? MendTag.Write(texts, refusal) : Markup.None;
}

/// <summary><c>&lt;a-mend refusal="…" /&gt;</c>: who can mend it, and the link to where. Writes nothing when nobody is named.</summary>
[HtmlTargetElement("a-mend")]
public sealed class MendTag(PageTexts texts) : TagHelper
{
    public ShownRefusal Refusal { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        output.Content.SetHtmlContent(Write(texts, Refusal));
    }

    internal static IHtmlContent Write(PageTexts texts, ShownRefusal refusal) =>
        refusal.Mender is null ? Markup.None
        : Markup.Of($" <span class=\"mend\">{texts["refusal.mended-by", new { who = refusal.Mender }]}{(refusal.Href is { } href ? Markup.Of($" <a href=\"{href}\">{refusal.Action}</a>") : Markup.None)}</span>");
}
