using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary>A posting form without an address of its own sends to the page itself: not to the handler that drew the page just now, and not with the notice of the last save.</summary>
[HtmlTargetElement("form", Attributes = "method")]
public sealed class OwnFormTag : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var isPost = string.Equals(context.AllAttributes["method"]?.Value?.ToString(), "post", StringComparison.OrdinalIgnoreCase);
        if (!isPost || context.AllAttributes.Any(a => a.Name == "action" || a.Name.StartsWith("asp-", StringComparison.Ordinal)))
            return;
        var request = ViewContext.HttpContext.Request;
        var kept = request.Query.Where(q => q.Key is not ("handler" or "done"));
        output.Attributes.SetAttribute("action", request.PathBase + request.Path + QueryString.Create(kept));
    }
}
