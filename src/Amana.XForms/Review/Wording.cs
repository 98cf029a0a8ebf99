using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Amana.XForms.Review;

/// <summary>
/// A text made comparable: lower case, without accents and vowel signs, words parted by one space and framed by spaces.
/// Arabic words lose the article, so that one spelling stands for both.
/// </summary>
internal readonly record struct Wording(string Text)
{
    public static Wording Of(params IEnumerable<string?> texts)
    {
        var result = new StringBuilder(" ");
        var word = new StringBuilder();
        foreach (var text in texts)
        {
            foreach (var c in (text ?? "").Normalize(NormalizationForm.FormD))
            {
                var category = CharUnicodeInfo.GetUnicodeCategory(c);
                if (category is UnicodeCategory.NonSpacingMark || c == '\u0640')
                    continue; // accents, vowel signs and the stretching stroke carry no meaning here
                if (char.IsLetterOrDigit(c))
                    word.Append(char.ToLowerInvariant(c));
                else
                    End(word, result);
            }

            End(word, result);
        }

        return new Wording(result.ToString());
    }

    /// <summary>A choice's name and its labels in all languages.</summary>
    public static Wording Of(Choice choice) => Of([choice.Name, .. choice.Label?.Texts.Select(t => t.Text) ?? []]);

    public int Words => Text.Count(c => c == ' ') - 1;

    /// <summary>The first of the terms that stands in the text: whole words, or beginnings of words where the term ends with a star. Null for none.</summary>
    public string? Find(IEnumerable<string> terms)
    {
        foreach (var term in terms)
        {
            var found = term[^1] == '*' ? Text.Contains(" " + term[..^1], StringComparison.Ordinal) : Text.Contains(" " + term + " ", StringComparison.Ordinal);
            if (found)
                return term.TrimEnd('*');
        }

        return null;
    }

    public bool Has(IEnumerable<string> terms) => Find(terms) is not null;

    private static readonly FrozenSet<string> s_articles = FrozenSet.Create(StringComparer.Ordinal, "ال", "وال", "بال", "لل");

    private static void End(StringBuilder word, StringBuilder result)
    {
        if (word.Length == 0)
            return;
        var text = word.ToString();
        word.Clear();
        foreach (var article in s_articles)
        {
            if (text.Length > article.Length + 2 && text.StartsWith(article, StringComparison.Ordinal))
            {
                text = text[article.Length..];
                break;
            }
        }

        result.Append(text).Append(' ');
    }
}
