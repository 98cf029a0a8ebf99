using System.Collections;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary>What fields with given answers share.</summary>
public abstract class ChoiceTag(PageTexts texts) : FieldTag(texts)
{
    /// <summary>The answers, in the order shown.</summary>
    public IEnumerable<Choice> Choices { get; set; } = [];

    protected ISet<string> Chosen
    {
        get
        {
            if (ViewContext.ViewData.ModelState.TryGetValue(Name, out var entry) && entry.RawValue is not null)
                return (entry.RawValue as string[] ?? [entry.RawValue.ToString() ?? ""]).ToHashSet(StringComparer.Ordinal);
            return For.Model is IEnumerable and not string
                ? ((IEnumerable)For.Model).Cast<object?>().Select(Write).ToHashSet(StringComparer.Ordinal)
                : [Write(For.Model)];
        }
    }

    protected IHtmlContent Options(string type)
    {
        var chosen = Chosen;
        return Markup.Join(Choices.Select((choice, i) =>
        {
            var id = $"{Id}-{i}";
            var hint = choice.Hint is null ? Markup.None : Markup.Of($"<p class=\"hint\" id=\"{id}-hint\">{Texts.KeyOrWords(choice.Hint)}</p>");
            return Markup.Of(
                $"<div class=\"option\"><input type=\"{type}\" id=\"{id}\" name=\"{Name}\" value=\"{choice.Value}\"{Markup.When(chosen.Contains(choice.Value), $" checked")}{Markup.When(choice.Hint is not null, $" aria-describedby=\"{id}-hint\"")}><label for=\"{id}\"><bdi>{Texts.KeyOrWords(choice.Text)}</bdi></label>{hint}</div>");
        }));
    }
}

/// <summary><c>&lt;a-radios for="Basis" label="…" choices="…"&gt;</c>: one of a few answers. None is chosen beforehand unless the model says so.</summary>
[HtmlTargetElement("a-radios", Attributes = "for")]
public sealed class RadiosTag(PageTexts texts) : ChoiceTag(texts)
{
    /// <summary>Side by side, for two or three short answers.</summary>
    public bool Inline { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        WriteGroup(output, Markup.Of($"<div class=\"options{(Inline ? " inline" : "")}\">{Options("radio")}</div>"));
}

/// <summary>
/// <c>&lt;a-checkboxes for="Groups" label="…" choices="…"&gt;</c>: any number of answers, bound to a list; or, without choices, one yes bound
/// to a <c>bool</c> with the label beside it.
/// </summary>
[HtmlTargetElement("a-checkboxes", Attributes = "for")]
public sealed class CheckboxesTag(PageTexts texts) : ChoiceTag(texts)
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (For.Metadata.ModelType == typeof(bool)) WriteYes(output);
        else WriteGroup(output, Markup.Of($"<div class=\"options\">{Options("checkbox")}</div>"));
    }

    private void WriteYes(TagHelperOutput output)
    {
        var on = Value.StartsWith("true", StringComparison.OrdinalIgnoreCase);
        WriteField(output, Markup.None);
        output.Content.SetHtmlContent(Markup.Of(
            $"{HintAndError}<div class=\"option\"><input type=\"checkbox\" id=\"{Id}\" name=\"{Name}\" value=\"true\"{Markup.When(on, $" checked")}{DescribedBy()}><label for=\"{Id}\">{LabelText}</label></div>"));
    }
}

/// <summary><c>&lt;a-select for="Place" label="…" choices="…"&gt;</c>: one of many answers, nothing chosen until someone does.</summary>
[HtmlTargetElement("a-select", Attributes = "for")]
public sealed class SelectTag(PageTexts texts) : ChoiceTag(texts)
{
    /// <summary>The key of the first, empty answer.</summary>
    [TextKey]
    public string Empty { get; set; } = "field.choose";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var chosen = Chosen;
        var options = Markup.Join(Choices.Select(c => Markup.Of($"<option value=\"{c.Value}\"{Markup.When(chosen.Contains(c.Value), $" selected")}>{Texts.KeyOrWords(c.Text)}</option>")));
        WriteField(output, Markup.Of($"<select id=\"{Id}\" name=\"{Name}\"{DescribedBy()}><option value=\"\">{Texts[Empty]}</option>{options}</select>"));
    }
}
