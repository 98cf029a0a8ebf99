using System.Text;

namespace Amana.Linkage;

/// <summary>
/// A rough consonant key in Latin letters for names in Latin, Arabic (also Persian and Urdu letters) and Cyrillic script: Mohammed, Muhamad and
/// محمد meet in one key. It is good enough to bring candidates together (blocking) and much too rough to decide that two people are one.
/// Other scripts pass through as they are.
/// </summary>
public static class NameSkeleton
{
    private static readonly Dictionary<char, string> Arabic = Map(
        "ا a|ب b|پ b|ت t|ث s|ج g|چ x|ح h|خ kh|د d|ذ z|ر r|ز z|ژ z|س s|ش x|ص s|ض d|ط t|ظ z|ع a|غ g|ف f|ڤ f|ق k|ك k|گ g|ل l|م m|ن n|ه h|ھ h|و w|ي y|ں n|ٹ t|ڈ d|ڑ r");

    private static readonly Dictionary<char, string> Cyrillic = Map(
        "а a|б b|в v|г g|ґ g|д d|е e|є e|ж z|з z|и i|і i|ї i|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х kh|ц ts|ч ch|ш sh|щ sh|ъ |ы i|ь |э e|ю yu|я ya");

    private static readonly (string From, string To)[] Digraphs =
    [
        ("sch", "x"), ("sh", "x"), ("ch", "x"), ("kh", "h"), ("gh", "g"), ("th", "s"), ("dh", "z"), ("ph", "f"), ("dj", "g"), ("ck", "k"), ("ou", "u"), ("oo", "u"),
    ];

    /// <summary>The key of a name, normalised or not; null when nothing is left.</summary>
    public static string? Of(string? name)
    {
        if (NameText.Normalise(name) is not { } normal)
            return null;
        var key = new StringBuilder();
        foreach (var word in normal.Split(' '))
            key.Append(Word(Latin(WithoutArticle(word))));
        return key.Length == 0 ? null : key.ToString();
    }

    /// <summary>The article and "servant of the" are written together, apart or with a hyphen as each clerk likes.</summary>
    private static string WithoutArticle(string word) => word switch
    {
        "al" or "el" or "ul" or "il" or "\u0627\u0644" => string.Empty,
        "allah" or "\u0627\u0644\u0644\u0647" => "l",
        ['\u0627', '\u0644', _, _, ..] => word[2..],
        ['\u0639', '\u0628', '\u062F', '\u0627', '\u0644', _, ..] => "abd" + word[5..],
        ['a', 'b', 'd', 'o', 'u', 'l', _, ..] => "abd" + word[6..],
        ['a', 'b', 'd', 'u' or 'a' or 'e' or 'o', 'l', _, ..] => "abd" + word[5..],
        "abdul" or "abdel" or "abdal" or "abdoul" or "abdol" => "abd",
        _ => word,
    };

    private static string Latin(string word)
    {
        var text = new StringBuilder(word.Length);
        foreach (var c in word)
            text.Append(Arabic.GetValueOrDefault(c) ?? Cyrillic.GetValueOrDefault(c) ?? c.ToString());
        var latin = text.ToString();
        foreach (var (from, to) in Digraphs)
            latin = latin.Replace(from, to, StringComparison.Ordinal);
        return latin;
    }

    /// <summary>Keeps the first sound, then consonants by class; vowels, half-vowels, doubles and a last h fall away.</summary>
    private static string Word(string latin)
    {
        var key = new StringBuilder(latin.Length);
        for (var i = 0; i < latin.Length; i++)
        {
            var sound = Sound(latin, i);
            if (sound == '\0' || (key.Length > 0 && (key[^1] == sound || sound is 'a' or 'w' or 'y')))
                continue;
            key.Append(sound);
        }

        if (key.Length > 2 && key[^1] == 'h')
            key.Length--;
        return key.ToString();
    }

    private static char Sound(string latin, int i) => latin[i] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => 'a',
        'c' => i + 1 < latin.Length && latin[i + 1] is 'e' or 'i' or 'y' ? 's' : 'k',
        'q' => 'k',
        'j' => 'g',
        'p' => 'b',
        'v' => 'f',
        _ => latin[i],
    };

    private static Dictionary<char, string> Map(string pairs) =>
        pairs.Split('|').Select(p => p.Split(' ')).ToDictionary(p => p[0][0], p => p[1]);
}
