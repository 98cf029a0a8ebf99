using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary>
/// What all fields share: a label, a hint, the error that the server found, and the ids that tie them together (WCAG 2.2, 1.3.1, 3.3.1, 3.3.2).
/// The label and hint are keys of our texts; the value is what was posted, else the model's.
/// </summary>
public abstract class FieldTag(PageTexts texts) : TagHelper
{
    /// <summary>The member of the page's model that the field fills.</summary>
    [HtmlAttributeName("for")]
    public ModelExpression For { get; set; } = null!;

    [TextKey]
    public string? Label { get; set; }

    [TextKey]
    public string? Hint { get; set; }

    /// <summary>Values of the label's placeholders.</summary>
    public object? LabelArgs { get; set; }

    /// <summary>Values of the hint's placeholders.</summary>
    public object? HintArgs { get; set; }

    /// <summary>Says "(optional)" after the label.</summary>
    public bool Optional { get; set; }

    /// <summary>Marks the label and tells assistive technology; the server checks it.</summary>
    public bool Required { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    protected PageTexts Texts => texts;

    protected string Name => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);

    protected string Id => FieldId(Name);

    private ModelStateEntry? Posted => ViewContext.ViewData.ModelState.TryGetValue(Name, out var entry) ? entry : null;

    protected string? Error => Posted is { Errors: [var first, ..] } ? texts.KeyOrWords(first.ErrorMessage) : null;

    /// <summary>The value to show: what was posted, else the model's, written so that it reads back the same.</summary>
    protected string Value => Posted?.AttemptedValue ?? Write(For.Model);

    /// <summary>The id of a field's element, as the error summary links to it.</summary>
    public static string FieldId(string name) => TagBuilder.CreateSanitizedId(name, "_");

    protected static string Write(object? value) => value switch
    {
        null => "",
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Enum e => e.ToString(),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    protected IHtmlContent DescribedBy(string? more = null)
    {
        string?[] ids = [Hint is null ? null : Id + "-hint", more, Error is null ? null : Id + "-error"];
        var all = string.Join(' ', ids.Where(i => i is not null));
        var invalid = Markup.When(Error is not null, $" aria-invalid=\"true\"");
        var needed = Markup.When(Required, $" aria-required=\"true\"");
        return Markup.Of($"{Markup.When(all.Length > 0, $" aria-describedby=\"{all}\"")}{invalid}{needed}");
    }

    protected IHtmlContent LabelText => Markup.Of(
        $"{(Label is null ? Markup.None : texts[Label, LabelArgs])}{Markup.When(Required, $" <span class=\"req\">*<span class=\"vh\"> {texts["field.needed"]}</span></span>")}{Markup.When(Optional, $" <span class=\"opt\">{texts["field.optional"]}</span>")}");

    protected IHtmlContent HintAndError => Markup.Of(
        $"{(Hint is null ? Markup.None : Markup.Of($"<p class=\"hint\" id=\"{Id}-hint\">{texts[Hint, HintArgs]}</p>"))}{Markup.When(Error is not null, $"<p class=\"error\" id=\"{Id}-error\"><span class=\"vh\">{texts["field.error"]}</span> {Error}</p>")}");

    /// <summary>Writes one labelled control.</summary>
    protected void WriteField(TagHelperOutput output, IHtmlContent control)
    {
        Frame(output, "div");
        output.Content.SetHtmlContent(Markup.Of($"<label for=\"{Id}\">{LabelText}</label>{HintAndError}{control}"));
    }

    /// <summary>Writes a group of controls under one legend.</summary>
    protected void WriteGroup(TagHelperOutput output, IHtmlContent controls)
    {
        Frame(output, "fieldset");
        output.Attributes.SetAttribute("id", Id);
        output.Attributes.SetAttribute("tabindex", "-1");
        if (Hint is not null || Error is not null) output.Attributes.SetAttribute("aria-describedby", string.Join(' ', GroupDescription()));
        output.Content.SetHtmlContent(Markup.Of($"<legend>{LabelText}</legend>{HintAndError}{controls}"));
    }

    private IEnumerable<string> GroupDescription()
    {
        if (Hint is not null) yield return Id + "-hint";
        if (Error is not null) yield return Id + "-error";
    }

    /// <summary>The label of a field that was written before, by its name: the summary of errors in a layout names the fields with it.</summary>
    internal static string? LabelOf(HttpContext context, string name) => context.Items[(typeof(FieldTag), name)] as string;

    private void Frame(TagHelperOutput output, string element)
    {
        if (Label is not null) ViewContext.HttpContext.Items[(typeof(FieldTag), Name)] = texts.Plain(Label, LabelArgs);
        output.TagName = element;
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Error is null ? "field" : "field wrong");
    }
}
