using System.Globalization;
using Amana.Domain.Forms;

namespace Amana.Domain.Records;

/// <summary>
/// A ranking that a table spreads over several columns: one for each place, whose cells name what stands there (KoboToolbox's own ranking: <c>needs/_1st_choice</c>; others <c>needs_1</c>), or one
/// for each choice, whose cells tell its place. A ranking is never mended: where two cells contradict each other, or a place between two others is empty, its row does not fit.
/// </summary>
internal static class RankColumns
{
    private const int MostPlaces = 1000;
    private static readonly char[] Between = ['_', ' ', '#', '/', '(', ')', '[', ']', 'º', 'ª', '°'];

    // How forms and exports count places, in the four languages of the house.
    private static readonly HashSet<string> Counting =
    [
        "st", "nd", "rd", "th", "er", "re", "ère", "e", "eme", "ème", "nde", "o", "a",
        "rank", "ranking", "choice", "place", "position", "priority", "level", "option", "item", "no", "nr",
        "rang", "choix", "priorité", "priorite", "rango", "opción", "opcion", "lugar", "puesto", "posición", "posicion", "prioridad", "elección", "eleccion",
        "الخيار", "خيار", "المرتبة", "مرتبة", "الأولوية", "أولوية",
    ];

    private static readonly string[] Words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    /// <summary>The place that what follows a question's name in a heading tells, from 1; 0 when it tells none.</summary>
    /// <param name="rest">In small letters.</param>
    /// <param name="apart">It is parted from the question like a question from its group: it may then go on with words of its own ("1st need"), or begin with a letter or two ("n1").</param>
    public static int PlaceOf(string rest, bool apart)
    {
        var parts = rest.Split(Between, StringSplitOptions.RemoveEmptyEntries).SelectMany(Parted).ToList();
        if (parts.Where(IsNumber).ToList() is not [var number])
            return 0;
        var place = Array.IndexOf(Words, number) + 1;
        if (place == 0 && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out place) && place is > 0 and < MostPlaces))
            return 0;
        if (parts.TrueForAll(p => IsNumber(p) || Counting.Contains(p)))
            return place;
        if (!apart)
            return 0;
        var begins = parts[0] == number && (!char.IsAsciiDigit(number[0]) || Counting.Contains(parts[1]));
        return begins || (parts is [{ Length: <= 2 }, var last] && last == number) ? place : 0;
    }

    /// <summary>The codes of a row in their order, or why its cells are no ranking; neither where they are empty.</summary>
    /// <param name="element">The question.</param>
    /// <param name="whole">The codes that one column of the whole ranking holds, if one does.</param>
    /// <param name="columns">The columns of places and of choices.</param>
    /// <param name="cells">The row.</param>
    /// <param name="code">The code of a choice by code or label.</param>
    public static (string? Text, string? Reason) Read(Element element, string? whole, IReadOnlyList<MappedColumn> columns, IReadOnlyList<string?> cells, Func<Element, string, string?> code)
    {
        var filled = columns.Where(c => !string.IsNullOrWhiteSpace(cells[c.Column])).ToList();
        var (first, reason) = Order(filled.Where(c => c.Place > 0).Select(c => (c.Place, code(element, cells[c.Column]!.Trim()))));
        if (reason is not null)
            return (null, reason);
        var chosen = filled.Where(c => c.Place == 0).Select(c => (Place: PlaceIn(cells[c.Column]!.Trim()), Choice: c.Part)).Where(c => c.Place != 0).ToList();
        var onlyChosen = chosen.Count > 1 && chosen.TrueForAll(c => c.Place == 1);
        string? second = null;
        if (!onlyChosen)
            (second, reason) = Order(chosen);
        if (reason is not null)
            return (null, reason);
        var told = new[] { whole, first, second }.OfType<string>().OrderByDescending(t => t.Length).ToList();
        if (told.Count == 0)
            return (null, onlyChosen ? "rank-unordered" : filled.Exists(c => c.Place < 0) ? "rank-two-ways" : null);
        // A table may tell the whole ranking, and its first places beside it.
        return told.TrueForAll(t => (told[0] + " ").StartsWith(t + " ", StringComparison.Ordinal)) ? (told[0], null) : (null, "rank-contradicts");
    }

    private static (string? Text, string? Reason) Order(IEnumerable<(int Place, string? Choice)> said)
    {
        var places = new SortedDictionary<int, string>();
        foreach (var (place, choice) in said)
        {
            if (place < 0 || choice is null)
                return (null, place < 0 ? "rank-unreadable" : "choice-unknown");
            if (places.ContainsKey(place) || places.ContainsValue(choice))
                return (null, "rank-twice");
            places[place] = choice;
        }

        return places.Count == 0 ? (null, null) : places.Keys.Last() == places.Count ? (string.Join(' ', places.Values), null) : (null, "rank-gap");
    }

    /// <summary>A place as a cell tells it: 2, 2.0, 2nd. 0 where it says that there is none, -1 where it cannot be read.</summary>
    private static int PlaceIn(string cell)
    {
        if (double.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number == Math.Floor(number) && number < MostPlaces ? (int)number : -1;
        var text = cell.ToLowerInvariant();
        return text is "no" or "false" or "-" ? 0 : PlaceOf(text, apart: false) is > 0 and var place ? place : -1;
    }

    private static bool IsNumber(string part) => char.IsAsciiDigit(part[0]) || Array.IndexOf(Words, part) >= 0;

    /// <summary>"1st" is a number and how it is counted.</summary>
    private static IEnumerable<string> Parted(string part)
    {
        for (var at = 0; at < part.Length;)
        {
            var (start, digit) = (at, char.IsAsciiDigit(part[at]));
            while (at < part.Length && char.IsAsciiDigit(part[at]) == digit)
                at++;
            yield return part[start..at];
        }
    }
}
