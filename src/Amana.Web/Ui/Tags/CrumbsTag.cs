using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary><c>&lt;a-crumbs /&gt;</c>: the way to this page, from <see cref="Shell.Crumbs"/>. The layout writes it; pages fill the list.</summary>
[HtmlTargetElement("a-crumbs")]
public sealed class CrumbsTag(PageTexts texts, Shell shell) : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (shell.Crumbs.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "crumbs");
        output.Attributes.SetAttribute("aria-label", texts.Plain("crumbs.label"));
        var items = Markup.Join(shell.Crumbs.Select(c => Markup.Of($"<li><a href=\"{c.Href}\"><bdi>{texts.KeyOrWords(c.Text)}</bdi></a></li>")));
        output.Content.SetHtmlContent(Markup.Of($"<ol>{items}</ol>"));
    }
}
