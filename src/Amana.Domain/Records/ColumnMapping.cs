using System.Globalization;
using System.Text;
using Amana.Domain.Forms;

namespace Amana.Domain.Records;

/// <summary>What one column of a table of filled records becomes.</summary>
/// <param name="Column">Its place in the table, from 0.</param>
/// <param name="Heading">As the file writes it.</param>
/// <param name="Path">The element that it fills; none where it is left out.</param>
/// <param name="Part">For a choice of a multiple selection its code, for a point "latitude", "longitude", "altitude" or "accuracy"; else none.</param>
/// <param name="IsInstanceId">It holds the record's id, by which a second import is known.</param>
/// <param name="Place">For a ranking spread over columns the place that this one names, from 1; -1 where the heading may mean a place or a choice; else 0.</param>
public sealed record MappedColumn(int Column, string Heading, string? Path, string? Part = null, bool IsInstanceId = false, int Place = 0);

/// <summary>Which column fills which element, as exports of KoboToolbox, ODK Central and Ona head their columns: by path, by name or by label.</summary>
public static class ColumnMapping
{
    private static readonly string[] InstanceIds = ["meta/instanceid", "instanceid", "_uuid", "key", "uuid"];
    private static readonly string[] PointParts = ["latitude", "longitude", "altitude", "accuracy", "precision"];

    /// <summary>A proposal for every column. Nothing is guessed: a heading that fits two elements fits none.</summary>
    /// <param name="headings">As the table has them.</param>
    /// <param name="elements">What they may fill.</param>
    /// <param name="repeat">For a table of turns the repeat's path: headings may begin below it.</param>
    public static IReadOnlyList<MappedColumn> Propose(IReadOnlyList<string> headings, IReadOnlyList<Element> elements, string? repeat = null)
    {
        var asked = elements.Where(e => !e.Computed || e.Type is "start" or "end" or "today" or "date").ToList();
        var byKey = new Dictionary<string, Element?>(StringComparer.Ordinal);
        foreach (var element in asked)
        {
            foreach (var key in KeysOf(element, repeat).Distinct(StringComparer.Ordinal))
                byKey[key] = byKey.TryGetValue(key, out var other) && other != element ? null : element;
        }

        var instance = headings.Select((h, i) => (Rank: Array.IndexOf(InstanceIds, Key(h)), Column: i)).Where(x => x.Rank >= 0).OrderBy(x => x.Rank).Select(x => x.Column).DefaultIfEmpty(-1).First();
        return [.. headings.Select((heading, i) => i == instance ? new MappedColumn(i, heading, null, IsInstanceId: true) : Column(i, heading, byKey))];
    }

    private static MappedColumn Column(int at, string heading, Dictionary<string, Element?> byKey)
    {
        var key = Key(heading);
        if (key.Length == 0)
            return new MappedColumn(at, heading, null);
        if (byKey.GetValueOrDefault(key) is { } whole)
            return new MappedColumn(at, heading, whole.Path);
        if (OfPoint(key, byKey) is { } point)
            return new MappedColumn(at, heading, point.Element.Path, point.Part);
        if (OfRanking(at, heading, key, byKey) is { } ranked)
            return ranked;
        if (OfChoice(at, heading, key, byKey) is { } one)
            return one;
        for (var cut = key.IndexOf('/', 1); cut > 0; cut = key.IndexOf('/', cut + 1))
            if (IsLabel(key[(cut + 1)..], byKey) is { } element)
                return new MappedColumn(at, heading, element.Path);
            else if (OfChoice(at, heading, key[(cut + 1)..], byKey) is { Path: not null } choice)
                return choice;
        return new MappedColumn(at, heading, null);
    }

    /// <summary>One choice of a multiple selection: the question, the separator, the choice. A choice's label may hold the separator itself: the first cut that leads to a question decides.</summary>
    private static MappedColumn? OfChoice(int at, string heading, string key, Dictionary<string, Element?> byKey)
    {
        for (var cut = key.IndexOf('/', 1); cut > 0; cut = key.IndexOf('/', cut + 1))
        {
            if (byKey.GetValueOrDefault(key[..cut]) is not { Choices.Count: > 0 } element)
                continue;
            var part = key[(cut + 1)..];
            var choice = element.Choices.FirstOrDefault(c => Key(c.Code) == part || c.Label.ByLanguage.Values.Any(t => Key(t) == part));
            return new MappedColumn(at, heading, choice is null ? null : element.Path, choice?.Code);
        }

        return null;
    }

    /// <summary>One place of a ranking, or one choice whose place its cells tell: the question, how they are parted, and the place or the choice; also behind the names of groups. A place alone
    /// ("1st choice", as KoboToolbox labels its own rankings) is known where the form has one ranking.</summary>
    private static MappedColumn? OfRanking(int at, string heading, string key, Dictionary<string, Element?> byKey)
    {
        for (var start = 0; start >= 0 && start < key.Length; start = key.IndexOf('/', start) is >= 0 and var next ? next + 1 : -1)
        {
            for (var cut = key.Length - 1; cut > start; cut--)
            {
                if (key[cut] is not ('/' or '_' or ' ') || byKey.GetValueOrDefault(key[start..cut].TrimEnd(' ')) is not { Type: "rank", Choices.Count: > 0 } element || (start > 0 && !IsNamed(element, key[start..cut])))
                    continue;
                var rest = key[(cut + 1)..].Trim(' ', '/');
                var choice = element.Choices.FirstOrDefault(c => Key(c.Code) == rest || c.Label.ByLanguage.Values.Any(t => Key(t) == rest));
                var place = RankColumns.PlaceOf(rest, apart: key[cut] == '/') is var told && told <= element.Choices.Count ? told : 0;
                if (choice is not null || place > 0)
                    return new MappedColumn(at, heading, element.Path, place > 0 && choice is not null ? null : choice?.Code, Place: place > 0 && choice is not null ? -1 : place);
            }
        }

        return key.Any(char.IsLetter) && RankColumns.PlaceOf(key, apart: false) is > 0 and var alone && byKey.Values.Where(e => e is { Type: "rank" }).Distinct().ToList() is [{ } only] && alone <= only.Choices.Count
            ? new MappedColumn(at, heading, only.Path, Place: alone) : null;
    }

    /// <summary>Whether a text is the element's name or label: behind the names of groups a path begins anew only there.</summary>
    private static bool IsNamed(Element element, string text) => Key(element.Name) == text || element.Label.ByLanguage.Values.Any(t => Key(t) == text);

    /// <summary>A part of a point: <c>place-Latitude</c> as Central heads it, <c>_place_latitude</c> as KoboToolbox does, also behind the names of groups.</summary>
    private static (Element Element, string Part)? OfPoint(string key, Dictionary<string, Element?> byKey)
    {
        var last = key.LastIndexOf('/') + 1;
        var (before, part) = (key[..Math.Max(0, last - 1)], key[last..]);
        if (part.StartsWith('_') && PointParts.FirstOrDefault(p => part.EndsWith("_" + p, StringComparison.Ordinal)) is { } named && part.Length > named.Length + 2)
            (before, part) = (key[..last] + part[1..^(named.Length + 1)], named);
        return PointParts.Contains(part) && byKey.GetValueOrDefault(before) is { Type: "geopoint" } element ? (element, part == "precision" ? "accuracy" : part) : null;
    }

    /// <summary>The question whose label alone this is. Behind labels of groups, as KoboToolbox writes them where groups are asked for, a question is known by its label only.</summary>
    private static Element? IsLabel(string key, Dictionary<string, Element?> byKey) =>
        byKey.GetValueOrDefault(key) is { } element && element.Label.ByLanguage.Values.Any(t => Key(t) == key) ? element : null;

    /// <summary>The headings that an element may have: its path below the root or its repeat, its name, its label in each language.</summary>
    private static IEnumerable<string> KeysOf(Element element, string? repeat)
    {
        var below = element.Path[(element.Path.IndexOf('/', 1) + 1)..];
        return new[] { Key(below), Key(element.Name), repeat is null ? "" : Key(element.Path[(repeat.Length + 1)..]) }.Concat(element.Label.ByLanguage.Values.Select(Key)).Where(k => k.Length > 0);
    }

    /// <summary>Lower case, without spaces at the ends, and with one separator for groups: Kobo writes a/b, Central a-b, others a.b or a:b.</summary>
    private static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text.Trim().Normalize(NormalizationForm.FormC))
            key.Append(c is '-' or '.' or ':' or '/' ? '/' : char.ToLower(c, CultureInfo.InvariantCulture));
        return key.ToString();
    }
}
