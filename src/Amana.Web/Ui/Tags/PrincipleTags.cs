using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary><c>&lt;a-state value="met" /&gt;</c>: sign, word and colour of a rule's answer; <c>value</c> is met, due, unmet or na, or use <c>state</c>.</summary>
[HtmlTargetElement("a-state")]
public sealed class StateTag(PageTexts texts) : TagHelper
{
    public string? Value { get; set; }

    public ShownState? State { get; set; }

    /// <summary>Replaces the word, in the reader's language: "due in 9 days".</summary>
    public string? Words { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var state = State ?? ShownStates.Parse(Value ?? "");
        output.SuppressOutput();
        output.Content.SetHtmlContent(Mark(texts, state, Words));
    }

    internal static IHtmlContent Mark(PageTexts texts, ShownState state, string? words = null) =>
        Markup.Of($"<span class=\"state {state.Class()}\"><span aria-hidden=\"true\">{state.Sign()}</span> {(string.IsNullOrEmpty(words) ? texts.Plain("state." + state.Class()) : words)}</span>");
}

/// <summary><c>&lt;a-rail steps="…" /&gt;</c>: the four process steps, on every page of an activity.</summary>
[HtmlTargetElement("a-rail")]
public sealed class RailTag(PageTexts texts) : TagHelper
{
    public IReadOnlyList<RailStep> Steps { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ol";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "rail");
        output.Attributes.SetAttribute("aria-label", texts.Plain("rail.label"));
        output.Content.SetHtmlContent(Markup.Join(Steps.Select(Step)));
    }

    private IHtmlContent Step(RailStep step, int index)
    {
        var state = step.State switch { StepState.Done => "done", StepState.Now => "now", _ => "later" };
        var current = Markup.When(step.State == StepState.Now, $" aria-current=\"step\"");
        var sign = step.State == StepState.Done ? Markup.Of($" <span class=\"mark-s\" aria-hidden=\"true\">✓</span>") : Markup.None;
        var inner = Markup.Of(
            $"<b>{index + 1} {texts["step." + step.Step]}{sign}</b><span class=\"vh\">{texts["rail." + state]}</span>{Markup.When(step.Note is not null, $"<small>{step.Note}</small>")}");
        var body = step.Href is { } href ? Markup.Of($"<a class=\"in\" href=\"{href}\">{inner}</a>") : Markup.Of($"<span class=\"in\">{inner}</span>");
        return Markup.Of($"<li class=\"{state}\"{current}>{body}</li>");
    }
}

/// <summary><c>&lt;a-eight tiles="…" /&gt;</c>: the eight principles, each with its state in sign, word and colour.</summary>
[HtmlTargetElement("a-eight")]
public sealed class EightTag(PageTexts texts) : TagHelper
{
    public IReadOnlyList<PrincipleTile> Tiles { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ul";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "eight");
        output.Attributes.SetAttribute("aria-label", texts.Plain("eight.label"));
        output.Content.SetHtmlContent(Markup.Join(Tiles.Select(Tile)));
    }

    private IHtmlContent Tile(PrincipleTile tile)
    {
        var words = tile switch
        {
            { State: ShownState.NotApplicable } => texts.Plain("state.na"),
            { State: ShownState.Due, Due: > 0 } => texts.Plain("eight.due", new { count = tile.Due }),
            _ => texts.Plain("eight.of", new { met = tile.Met, total = tile.Total }),
        };
        var inner = Markup.Of(
            $"{texts["principle." + tile.Principle]}<span class=\"s\"><span aria-hidden=\"true\">{tile.State.Sign()}</span><span class=\"vh\">{texts["state." + tile.State.Class()]}: </span>{words}</span>");
        return tile.Href is { } href
            ? Markup.Of($"<li><a class=\"tile {tile.State.Class()}\" href=\"{href}\">{inner}</a></li>")
            : Markup.Of($"<li><div class=\"tile {tile.State.Class()}\">{inner}</div></li>");
    }
}

/// <summary><c>&lt;a-finding row="…" /&gt;</c>: what is not met, what that holds, and the place that mends it.</summary>
[HtmlTargetElement("a-finding")]
public sealed class FindingTag(PageTexts texts) : TagHelper
{
    public FindingRow Row { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "article";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "finding " + Row.State.Class());
        var link = Row.Href is { } href ? Markup.Of($"<a class=\"do\" href=\"{href}\">{Row.Action ?? texts.Plain("finding.open")}<span class=\"vh\"> · {Row.Code}</span></a>") : Markup.Of($"<span></span>");
        output.Content.SetHtmlContent(Markup.Of(
            $"{StateTag.Mark(texts, Row.State, Row.When)}<h3>{Row.Title} <span class=\"chip\"><bdi>{Row.Code}</bdi></span></h3>{link}<p>{Row.Text}</p>"));
    }
}
