using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amana.Cli;

/// <summary>Figures under stable names, in the order in which they were found, as JSON for programs or as lines for people.</summary>
internal sealed class DiscloseFigures : Dictionary<string, object?>
{
    private static readonly JsonSerializerOptions AsJson = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public DiscloseFigures()
        : base(StringComparer.Ordinal)
    {
    }

    public void Say(bool json)
    {
        if (json)
            Console.WriteLine(JsonSerializer.Serialize<Dictionary<string, object?>>(this, AsJson));
        else
            Lines(this, "");
    }

    private static void Lines(Dictionary<string, object?> figures, string indent)
    {
        var width = figures.Keys.Max(k => k.Length) + 2;
        foreach (var (name, value) in figures)
        {
            if (value is Dictionary<string, object?> inner)
            {
                Console.WriteLine($"{indent}{name}:");
                Lines(inner, indent + "  ");
            }
            else
            {
                Console.WriteLine($"{indent}{(name + ":").PadRight(width)}{InWords(value)}");
            }
        }
    }

    private static string InWords(object? value) => value switch
    {
        null => "–",
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        string text => text,
        System.Collections.IEnumerable list => string.Join(", ", list.Cast<object?>().Select(InWords)),
        bool yes => yes ? "yes" : "no",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
