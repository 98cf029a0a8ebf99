using Amana.Domain.Shared;

namespace Amana.Web.Ui;

/// <summary>Choices made of the field's vocabularies.</summary>
public static class Vocabulary
{
    /// <summary>All values of an enum, in its order, with the words of <c>vocabulary.&lt;type&gt;.&lt;value&gt;</c>.</summary>
    /// <param name="hints">With one line below each, from <c>….hint</c>.</param>
    public static IReadOnlyList<Choice> Choices<T>(bool hints = false) where T : struct, Enum => Choices(Enum.GetValues<T>(), hints);

    public static IReadOnlyList<Choice> Choices<T>(IEnumerable<T> values, bool hints = false) where T : struct, Enum =>
        [.. values.Select(v => new Choice(v.ToString(), $"vocabulary.{typeof(T).Name}.{v}", hints ? $"vocabulary.{typeof(T).Name}.{v}.hint" : null))];
}

/// <summary>Words of a form in one language, for texts that exist in every language of an activity.</summary>
public sealed class WordsIn
{
    public string Language { get; set; } = "";

    public string? Words { get; set; }

    /// <summary>One for each language wanted, with what is written already; languages written and no longer wanted come last.</summary>
    public static List<WordsIn> Of(IEnumerable<string> languages, LocalText written)
    {
        var wanted = languages.ToList();
        return [.. wanted.Concat(written.ByLanguage.Keys.Except(wanted, StringComparer.Ordinal)).Select(l => new WordsIn { Language = l, Words = written.ByLanguage.GetValueOrDefault(l) })];
    }

    public static LocalText ToText(IEnumerable<WordsIn> words) =>
        new(words.Where(w => !string.IsNullOrWhiteSpace(w.Language)).DistinctBy(w => w.Language).Select(w => new KeyValuePair<string, string>(w.Language, w.Words ?? "")));
}
