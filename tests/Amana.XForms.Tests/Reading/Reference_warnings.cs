using System.Text.Json;

namespace Amana.XForms.Tests.Reading;

public class The_reference_converters_warnings
{
    /// <summary>A piece of each of its warnings, and the code of ours.</summary>
    private static readonly (string Piece, string Code)[] Kinds =
    [
        ("should have a label", "choice.no-label"), ("must not contain spaces", "heading.not-a-name"), ("case-insensitive match", "name.differs-in-case-only"),
        (" is missing the ", "language.column-missing"), ("or_other and translations", "select.other-untranslated"), ("machine-readable codes", "language.no-code"),
        ("max-pixels", "image.no-max-pixels"), ("has no label", "repeat.no-label"), ("is being skipped", "row.skipped"), ("no longer supported", "type.no-longer-supported"),
        ("only meant for filtered selects", "select.external-unfiltered"), ("both specified in the settings", "settings.two-ids"), ("similar names", "sheet.misspelt"), ("'disabled' column", "row.disabled"),
    ];

    private static readonly string[] OncePerForm = ["language.column-missing", "language.no-code"];

    [Fact]
    public void Are_given_here_as_well_and_no_others_of_their_kinds()
    {
        var against = new List<string>();
        var compared = 0;
        foreach (var file in Directory.EnumerateFiles(SharedFolder.Path("data", "xlsform"), "case.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var facts = JsonDocument.Parse(File.ReadAllText(file));
            if (Theirs(facts.RootElement) is not { } theirs || Ours(file, facts.RootElement) is not { } ours)
                continue;
            compared++;
            if (!theirs.SequenceEqual(ours))
                against.Add($"{Path.GetDirectoryName(file)}: theirs {string.Join(", ", theirs)}; ours {string.Join(", ", ours)}");
        }

        Assert.True(compared > 250, $"Only {compared} cases were compared.");
        Assert.True(against.Count == 0, string.Join('\n', against));
    }

    private static List<string>? Theirs(JsonElement facts)
    {
        if (!facts.TryGetProperty("warnings", out var warnings) || facts.GetProperty("outcome").GetString() == "error")
            return null;
        var texts = warnings.EnumerateArray().Select(w => w.GetString()!.Replace('\n', ' ')).ToList();
        return InOrder(texts.Select(t => Array.Find(Kinds, k => t.Contains(k.Piece, StringComparison.Ordinal)).Code ?? $"unknown: {t}"));
    }

    private static List<string>? Ours(string file, JsonElement facts)
    {
        if (Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "input.*").FirstOrDefault() is not { } input)
            return null;
        var name = facts.TryGetProperty("form_name", out var given) ? given.GetString() : null;
        using var stream = File.OpenRead(input);
        var reading = XlsForm.Read(stream, input, new XlsFormOptions { RootName = name ?? "data" });
        return reading.Form is null ? null : InOrder(reading.Warnings.Select(w => w.Code).Where(c => Array.Exists(Kinds, k => k.Code == c)));
    }

    private static List<string> InOrder(IEnumerable<string> codes) =>
        [.. codes.GroupBy(c => c, StringComparer.Ordinal).SelectMany(g => OncePerForm.Contains(g.Key) ? g.Take(1) : g).Order(StringComparer.Ordinal)];
}
