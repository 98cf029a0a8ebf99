using Amana.XForms.Evaluation;

namespace Amana.XForms.Reading;

/// <summary>What to write in place of a function that ODK's dialect does not have: those of spreadsheets, of other tools and of later XPath, and those that are nearly written right.</summary>
internal static class FunctionAdvice
{
    private const string NoCase = "translate(x, 'ABC…', 'abc…')";

    /// <summary>By the name in small letters with hyphens. SurveyCTO, CommCare and spreadsheets have these by their own documentation; XPath 2 by its recommendation.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["len"] = "Write string-length(x).", ["length"] = "Write string-length(x), or count-selected(x) for several choices.",
        ["mid"] = "Write substr(x, start, end), which counts from 0.", ["left"] = "Write substr(x, 0, n).", ["right"] = "Write substr(x, string-length(x) - n).",
        ["upper"] = $"There is none for capitals; write {NoCase} the other way round.", ["lower"] = $"There is none for small letters; write {NoCase}.",
        ["upper-case"] = $"There is none for capitals; write {NoCase} the other way round.", ["lower-case"] = $"There is none for small letters; write {NoCase}.",
        ["replace"] = "Single letters are replaced by translate(x, 'from', 'to').", ["trim"] = "Write normalize-space(x).",
        ["isblank"] = "Write x = ''.", ["is-blank"] = "Write x = ''.", ["empty"] = "Write x = ''.", ["is-empty"] = "Write x = ''.", ["isnull"] = "Write x = ''.", ["is-null"] = "Write x = ''.", ["exists"] = "Write count(x) > 0.",
        ["average"] = "Write sum(x) div count(x).", ["avg"] = "Write sum(x) div count(x).", ["mean"] = "Write sum(x) div count(x).",
        ["countif"] = "Write count(${repeat}[condition]).", ["count-if"] = "Write count(${repeat}[condition]).", ["sumif"] = "Write sum(${repeat}[condition]/question).", ["sum-if"] = "Write sum(${repeat}[condition]/question).",
        ["min-if"] = "Write min(${repeat}[condition]/question).", ["max-if"] = "Write max(${repeat}[condition]/question).", ["join-if"] = "Write join(', ', ${repeat}[condition]/question).",
        ["and"] = "Write the word and between the two conditions.", ["or"] = "Write the word or between the two conditions.",
        ["mod"] = "Write the word mod between the two numbers.", ["power"] = "Write pow(x, y).", ["ln"] = "Write log(x).",
        ["rounddown"] = "Write int(x).", ["roundup"] = "Write int(x) + 1 where x is no whole number.", ["trunc"] = "Write int(x).", ["round-half-to-even"] = "Write round(x, digits).",
        ["index"] = "Write position(..).", ["rank-index"] = "The rank in a repeat is count(${repeat}[question > x]) + 1.", ["row-number"] = "Write position(..).",
        ["choice-label"] = "Write jr:choice-name(${question}, '${question}').", ["choice-name"] = "Write jr:choice-name(${question}, '${question}').", ["jr-choice-name"] = "Write jr:choice-name(${question}, '${question}').",
        ["item-at"] = "Write selected-at(x, n), which counts from 0.", ["selected-index"] = "Write selected-at(x, n), which counts from 0.", ["cond"] = "Write if(a, x, if(b, y, z)).", ["iif"] = "Write if(condition, x, y).",
        ["is-selected-any"] = "Write selected(x, 'a') or selected(x, 'b').", ["in"] = "Write x = 'a' or x = 'b'.",
        ["matches"] = "Write regex(x, 'pattern').", ["regexp"] = "Write regex(x, 'pattern').", ["tokenize"] = "Parts of a selection are read by selected-at(x, n).",
        ["current-date"] = "Write today().", ["current-datetime"] = "Write now().", ["current-date-time"] = "Write now().", ["date-today"] = "Write today().", ["time"] = "Write format-date-time(now(), '%H:%M').",
        ["year"] = "Write format-date(x, '%Y').", ["month"] = "Write format-date(x, '%n').", ["day"] = "Write format-date(x, '%e').", ["datedif"] = "Days between two dates are date(b) - date(a); years: int((date(b) - date(a)) div 365.25).", ["duration"] = "Add rows of type start and end; the seconds between them are (decimal-date-time(${end}) - decimal-date-time(${start})) * 86400.",
        ["hash"] = "Write digest(x, 'SHA-256').", ["md5"] = "Write digest(x, 'MD5', 'hex').", ["guid"] = "Write uuid().", ["rand"] = "Write random().", ["randbetween"] = "Write int(random() * n) + 1.",
        ["username"] = "Add a row of type username, and refer to it.", ["deviceid"] = "Add a row of type deviceid, and refer to it.", ["device-info"] = "Add a row of type deviceid, and refer to it.",
        ["search"] = "search() is written in the column appearance of a select, and nowhere else.", ["lookup"] = "Write pulldata('file', 'column', 'key column', key).", ["vlookup"] = "Write pulldata('file', 'column', 'key column', key).",
        ["linebreak"] = "Leave it out: lines are broken in labels and hints themselves.", ["format-number"] = "Write round(x, digits).", ["value"] = "Write number(x).",
    };

    /// <summary>What web forms read and the engine of ODK Collect and KoboCollect does not, with what both read.</summary>
    private static readonly Dictionary<string, string> NotOnPhones = new(StringComparer.Ordinal)
    {
        ["floor"] = "int(x), which cuts off what stands behind the point", ["ceiling"] = "int(x) + 1 where x is no whole number", ["substring"] = "substr(x, start, end), which counts from 0",
        ["last"] = "count() of the repeat", ["name"] = "the question's name itself", ["local-name"] = "the question's name itself",
    };

    /// <summary>What to write instead, as a sentence.</summary>
    public static string For(string name)
    {
        var plain = Plain(name);
        if (FunctionLibrary.TryFind(plain, out _))
            return $"Did you mean '{plain}'? Names of functions are written in small letters, with hyphens.";
        if (Elsewhere.TryGetValue(plain, out var remedy))
            return remedy;
        // One letter of a short name may stand for anything: more than that would be a guess.
        return plain.Length > 3 && Misspellings.Nearest(plain, FunctionLibrary.Names) is { } near && (plain.Length > 5 || Math.Abs(near.Length - plain.Length) <= 1)
            ? $"Did you mean '{near}'?" : "Check its spelling, or work the value out with functions that XLSForm has.";
    }

    /// <summary>What both read, for a function that phones do not; null for others.</summary>
    public static string? OnPhones(string name) => NotOnPhones.GetValueOrDefault(name);

    /// <summary>countSelected and count_selected as count-selected.</summary>
    private static string Plain(string name)
    {
        var text = new System.Text.StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && char.IsLower(name[i - 1]))
                text.Append('-');
            text.Append(name[i] == '_' ? '-' : char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
