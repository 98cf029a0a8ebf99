using System.Diagnostics.CodeAnalysis;
using Amana.Domain.Shared;
using Amana.Features.Texts;
using Microsoft.AspNetCore.Html;

namespace Amana.Web.Ui;

/// <summary>
/// The texts of one page in its reader's language; pages know it as <c>L</c>. <c>@L["key"]</c> and <c>@L["key", new { name }]</c> write
/// encoded markup with every string argument inside <c>bdi</c>; <see cref="Plain"/> gives the same for attributes and titles.
/// </summary>
public sealed class PageTexts(Texts texts, IHttpContextAccessor accessor)
{
    public Language Language => accessor.HttpContext is { } context ? LanguageChoice.Of(context) : Language.English;

    [SuppressMessage("Design", "CA1043:Use Integral Or String Argument For Indexers", Justification = "a text and the values that fill it")]
    public IHtmlContent this[string key, object? args = null] => Phrase(key, args);

    /// <summary>The text without markup, for attributes and titles.</summary>
    public string Plain(string key, object? args = null) => texts.Get(Language, key, args);

    /// <summary>Whether the key is one of ours; what is not a key may be words already.</summary>
    public bool Has(string key) => texts.Has(key);

    /// <summary>The text of a key, or the words themselves when they are no key (messages made where the language is known).</summary>
    public string KeyOrWords(string keyOrWords) => keyOrWords.Contains(' ', StringComparison.Ordinal) || !Has(keyOrWords) ? keyOrWords : Plain(keyOrWords);

    public string Number(decimal number) => texts.Number(Language, number);

    public string Percent(decimal share) => texts.Percent(Language, share);

    public string Date(DateOnly day) => texts.Date(Language, day);

    public string Moment(DateTimeOffset moment) => texts.Moment(Language, moment);

    public string Period(DateOnly from, DateOnly to) => texts.Period(Language, from, to);

    public string Away(DateOnly day, DateOnly today) => texts.Away(Language, day, today);

    public string List(IReadOnlyList<string> words) => texts.List(Language, words);

    /// <summary>A refusal in a sentence or two.</summary>
    public string Refusal(Refusal refusal) => texts.Of(Language, refusal);

    /// <summary>A word of one of the field's vocabularies, named as its type: <c>PopulationGroup</c>, <c>Language</c>.</summary>
    public string Word(string vocabulary, string code) => texts.Word(Language, vocabulary, code);

    /// <summary>A word of one of the field's vocabularies.</summary>
    public string Word(Enum value) => texts.Word(Language, value.GetType().Name, value.ToString());

    /// <summary>A kind of service or of urgent need in words; a kind of the form's own as it stands there.</summary>
    public string ServiceKind(string code) => Features.Vocabularies.VocabularyShelf.Find("service-kinds")!.Term(code)?.Label.In(Language.Code) ?? code;

    private HtmlContentBuilder Phrase(string key, object? args)
    {
        var language = Language;
        var arguments = Arguments.Of(args);
        var content = new HtmlContentBuilder();
        texts.Walk(language, texts.Pattern(language, key, arguments), arguments, s => content.Append(s), value => Append(content, language, value));
        return content;
    }

    private void Append(HtmlContentBuilder content, Language language, object? value)
    {
        switch (value)
        {
            case IHtmlContent markup:
                content.AppendHtml(markup);
                break;
            case string words:
                content.AppendHtml("<bdi>").Append(words).AppendHtml("</bdi>");
                break;
            default:
                content.Append(texts.Format(language, value, static (_, word) => word));
                break;
        }
    }
}
