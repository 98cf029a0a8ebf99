using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary>
/// <c>&lt;a-date for="Ends" label="…"&gt;</c>: day, month and year in three boxes, bound to a <see cref="DateParts"/>; no picker to fight with,
/// nothing filled in beforehand, and an impossible date keeps what was typed.
/// </summary>
[HtmlTargetElement("a-date", Attributes = "for")]
public sealed class DateTag(PageTexts texts) : FieldTag(texts)
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (For.Model is not null and not DateParts) throw new InvalidOperationException($"{For.Name} must be of type DateParts.");
        var parts = For.Model as DateParts;
        WriteGroup(output, Markup.Of(
            $"<div class=\"date\">{Part("Day", "date.field.day", parts?.Day)}{Part("Month", "date.field.month", parts?.Month)}{Part("Year", "date.field.year", parts?.Year)}</div>"));
    }

    private IHtmlContent Part(string part, string key, string? value)
    {
        var name = $"{Name}.{part}";
        var id = FieldId(name);
        var year = part == "Year";
        return Markup.Of(
            $"<div{Markup.When(year, $" class=\"year\"")}><label for=\"{id}\">{Texts[key]}</label><input id=\"{id}\" name=\"{name}\" value=\"{value}\" type=\"text\" inputmode=\"numeric\" dir=\"ltr\" maxlength=\"{(year ? 4 : 2)}\" autocomplete=\"off\"></div>");
    }
}
