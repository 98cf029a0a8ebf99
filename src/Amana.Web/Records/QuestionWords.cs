using System.Globalization;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Web.Ui;

namespace Amana.Web.Records;

/// <summary>A question in words: as the form asks it, a plain word for what the phone fills in by itself, else the name that its author gave it; with the turn where it is asked several times. Never a bare path.</summary>
public static class QuestionWords
{
    private static readonly HashSet<string> Filled = new(StringComparer.OrdinalIgnoreCase)
    {
        "start", "end", "today", "deviceid", "username", "phonenumber", "email", "subscriberid", "simserial", "audit", "instanceID", "instanceName", "start-geopoint", "background-audio",
    };

    /// <param name="element">The question; none where the form has none there.</param>
    /// <param name="path">Its place, with positions.</param>
    /// <param name="texts">The page's words.</param>
    public static string Of(Element? element, string path, PageTexts texts)
    {
        var turns = Turns(path);
        var words = Words(element, path, texts);
        return turns.Count == 0 ? words : texts.Plain("records.turn", new { question = words, turn = string.Join('.', turns) });
    }

    private static string Words(Element? element, string path, PageTexts texts)
    {
        if (element?.Label.In(texts.Language.Code) is { Length: > 0 } label)
            return label;
        var name = Places.WithoutPositions(path) is var place && place.LastIndexOf('/') is var cut ? place[(cut + 1)..] : "";
        var kind = Filled.Contains(element?.Type ?? "") ? element!.Type : Filled.Contains(name) ? name : null;
        return kind is not null ? texts.Plain("records.filled." + kind.ToLowerInvariant())
            : path.IndexOf('/', 1) < 0 ? texts.Plain("records.whole-form") : name.Replace('_', ' ');
    }

    private static List<string> Turns(string path) =>
        [.. path.Split('[').Skip(1).Select(static p => p.Split(']')[0]).Where(static p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _))];
}
