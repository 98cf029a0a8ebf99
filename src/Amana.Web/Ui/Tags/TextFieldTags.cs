using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary><c>&lt;a-field for="Title" label="…"&gt;</c>: one line of text, a number, a date with the browser's own picker, a password, a search.</summary>
[HtmlTargetElement("a-field", Attributes = "for")]
public sealed class TextFieldTag(PageTexts texts) : FieldTag(texts)
{
    /// <summary>text (as it is), number, email, tel, password, search or date.</summary>
    public string Type { get; set; } = "text";

    /// <summary>Characters expected, as a hint to the eye: 4, 10 or 20; full width otherwise.</summary>
    public int Width { get; set; }

    /// <summary>A code, not words: left to right, no spelling help.</summary>
    public bool Code { get; set; }

    public string? Autocomplete { get; set; }

    public int? Maxlength { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var number = Type == "number";
        var type = number ? "text" : Type;
        var ltr = Code || number || Type is "email" or "tel" or "password" or "date";
        var classes = string.Join(' ', new[] { Code ? "code" : null, Width is 4 or 10 or 20 ? $"w-{Width}" : null }.Where(c => c is not null));
        var value = Type == "password" ? "" : Value;
        WriteField(output, Markup.Of(
            $"<input id=\"{Id}\" name=\"{Name}\" type=\"{type}\" value=\"{value}\" dir=\"{(ltr ? "ltr" : "auto")}\"{Attribute("class", classes)}{Attribute("inputmode", number ? "decimal" : "")}{Attribute("autocomplete", Autocomplete ?? (Code ? "off" : ""))}{Attribute("maxlength", Maxlength?.ToString(System.Globalization.CultureInfo.InvariantCulture))}{Markup.When(Code, $" spellcheck=\"false\" autocapitalize=\"characters\"")}{DescribedBy()}>"));
    }

    private static IHtmlContent Attribute(string name, string? value) => Markup.When(!string.IsNullOrEmpty(value), $" {name}=\"{value}\"");
}

/// <summary><c>&lt;a-textarea for="Purpose" label="…" rows="6"&gt;</c>: several lines; its direction follows what is typed.</summary>
[HtmlTargetElement("a-textarea", Attributes = "for")]
public sealed class TextareaTag(PageTexts texts) : FieldTag(texts)
{
    public int Rows { get; set; } = 4;

    public int? Maxlength { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) => WriteField(output, Markup.Of(
        $"<textarea id=\"{Id}\" name=\"{Name}\" rows=\"{Rows}\" dir=\"auto\"{Markup.When(Maxlength is not null, $" maxlength=\"{Maxlength ?? 0}\"")}{DescribedBy()}>\n{Value}</textarea>"));
}

/// <summary><c>&lt;a-file for="Form" label="…" accept=".xlsx"&gt;</c>: the form must be multipart; pages take 20 MB.</summary>
[HtmlTargetElement("a-file", Attributes = "for")]
public sealed class FileTag(PageTexts texts) : FieldTag(texts)
{
    /// <summary>File name endings or media types, by commas.</summary>
    public string? Accept { get; set; }

    public bool Multiple { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) => WriteField(output, Markup.Of(
        $"<input id=\"{Id}\" name=\"{Name}\" type=\"file\"{Markup.When(Accept is not null, $" accept=\"{Accept}\"")}{Markup.When(Multiple, $" multiple")}{DescribedBy()}>"));
}
