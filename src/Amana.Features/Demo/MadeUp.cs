using System.Globalization;
using System.Text;

namespace Amana.Features.Demo;

/// <summary>Makes people up: names in several scripts, ages, answers. Seeded, so the same story comes each time. Nobody in it exists.</summary>
public sealed class MadeUp(int seed)
{
    private static readonly (string[] Given, string[] Family)[] Scripts =
    [
        (["ليلى", "سمر", "هدى", "رنا", "نور", "يوسف", "كريم", "طارق", "سليم", "باسل", "مروان", "دعاء"], ["النهري", "الجبلي", "الورّاق", "القمري", "السهلي", "الحقلي", "المرجاني", "الضحوي"]),
        (["Amina", "Farida", "Salma", "Idris", "Tariq", "Yusra", "Mahdi", "Leyla", "Karim", "Nadia"], ["Alwadi", "Benhar", "Dariush", "El Sahli", "Farouz", "Hadawi", "Kassimi", "Marwani"]),
        (["Marta", "Ousmane", "Joelle", "Émile", "Aïcha", "Noëlle", "Baptiste", "Clémence"], ["Delmare", "Kouyara", "Sansépine", "Traouvel", "Montclare", "Bellerive"]),
        (["Олена", "Марко", "Ірина", "Тарас", "Дарина", "Левко"], ["Зоряненко", "Полинюк", "Вербицька", "Річковий", "Соснюк"]),
        (["ሰላም", "ብሩክ", "ሃና", "ዮናስ"], ["ተራራ", "ወንዝ", "ፀሐይ", "ሜዳ"]),
    ];

    private readonly Random _random = new(seed);

    public int Below(int limit) => _random.Next(limit);

    public bool Chance(double share) => _random.NextDouble() < share;

    public string Name()
    {
        // Most people here write Arabic letters; some other scripts come along, as they do.
        var script = Scripts[Chance(0.6) ? 0 : 1 + Below(Scripts.Length - 1)];
        return $"{script.Given[Below(script.Given.Length)]} {script.Family[Below(script.Family.Length)]}";
    }

    /// <summary>A number that no telephone network gives out.</summary>
    public string Phone() => string.Create(CultureInfo.InvariantCulture, $"+000 55 {Below(10000):D4}");

    public int Age()
    {
        var band = Weighted((12, 0), (14, 1), (14, 2), (52, 3), (8, 4));
        return band switch { 0 => Below(5), 1 => 5 + Below(7), 2 => 12 + Below(6), 3 => 18 + Below(42), _ => 60 + Below(28) };
    }

    /// <summary>One of the values, by weights.</summary>
    public T Weighted<T>(params (int Weight, T Value)[] options)
    {
        var at = Below(options.Sum(o => o.Weight));
        foreach (var (weight, value) in options)
        {
            if (at < weight)
                return value;
            at -= weight;
        }

        return options[^1].Value;
    }

    /// <summary>Some of the values, at least one, parted by spaces as a multiple selection stores them.</summary>
    public string Some(params string[] values)
    {
        var first = Below(values.Length);
        return string.Join(' ', values.Where((_, i) => i == first || Chance(0.2)));
    }

    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    /// <summary>Writes nested answers as a submission. A key with slashes makes groups; empty answers are empty nodes.</summary>
    public static string Submission(string formId, string version, Guid instance, IReadOnlyList<(string Path, string Answer)> answers)
    {
        var xml = new StringBuilder($"<data id=\"{formId}\" version=\"{version}\">");
        string? group = null;
        foreach (var (path, answer) in answers)
        {
            var (inside, name) = path.Split('/') is [var g, var n] ? (g, n) : (null, path);
            if (inside != group)
            {
                xml.Append(group is null ? "" : $"</{group}>").Append(inside is null ? "" : $"<{inside}>");
                group = inside;
            }

            xml.Append(CultureInfo.InvariantCulture, $"<{name}>{System.Security.SecurityElement.Escape(answer)}</{name}>");
        }

        return xml.Append(group is null ? "" : $"</{group}>").Append(CultureInfo.InvariantCulture, $"<meta><instanceID>uuid:{instance:D}</instanceID></meta></data>").ToString();
    }
}
