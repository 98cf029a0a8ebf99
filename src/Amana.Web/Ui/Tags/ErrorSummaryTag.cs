using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary>
/// <c>&lt;a-error-summary&gt;</c>: first on a page whose form was sent back; names every error once and leads to its field. Writes nothing
/// when there is none.
/// </summary>
[HtmlTargetElement("a-error-summary")]
public sealed class ErrorSummaryTag(PageTexts texts) : TagHelper
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
            ? Markup.Of($"<li>{e.Text}</li>")
            : Markup.Of($"<li><a href=\"#{FieldTag.FieldId(e.Field)}\">{e.Text}</a></li>")));
        output.Content.SetHtmlContent(Markup.Of($"<h2 id=\"errors-title\">{texts["field.errors", new { count = errors.Count }]}</h2><ul>{items}</ul>"));
    }
}
