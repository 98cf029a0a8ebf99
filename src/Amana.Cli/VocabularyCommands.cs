using System.CommandLine;
using System.Text.Json;
using Amana.Domain.Vocabularies;
using Amana.Features.Vocabularies;

namespace Amana.Cli;

/// <summary><c>amana vocabulary list|show</c>: the field's words as the product ships them, without a store.</summary>
public static class VocabularyCommands
{
    public static Command Make() => new("vocabulary", "List the vocabularies that ship with the product, and show one.") { List(), Show() };

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "Write the lists as JSON." };
        var command = new Command("list", "Every list with its version, its number of terms and its source.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(VocabularyShelf.All.Select(l => new { l.Code, l.Version, l.Checked, Terms = l.Terms.Count, Name = l.Name.ByLanguage, l.Source }), PrinciplesCommand.Json));
            else
                foreach (var list in VocabularyShelf.All)
                    Console.WriteLine($"{list.Code,-26} {list.Version,-8} {list.Terms.Count,4} terms  {list.Name.In("en")}{(list.Checked ? "" : " (source not checked)")}");
            return Exit.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var code = new Argument<string>("LIST") { Description = "The list's code, as in 'amana vocabulary list'." };
        var language = new Option<string>("--language") { Description = "Language of the labels: en, fr, es or ar.", DefaultValueFactory = _ => "en" };
        var other = new Option<string?>("--beside") { Description = "Another list of age groups to lay beside this one." };
        var json = new Option<bool>("--json") { Description = "Write the list as JSON, labels in all languages." };
        var command = new Command("show", "One list with its terms.") { code, language, other, json };
        command.SetAction(parsed =>
        {
            var list = Find(parsed.GetValue(code)!);
            var beside = parsed.GetValue(other) is { } name ? VocabularyRules.Ages(list, Find(name)) : [];
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    list.Code, list.Version, list.Checked, list.Source, Name = list.Name.ByLanguage,
                    Terms = list.Terms.Select(t => new { t.Code, Label = t.Label.ByLanguage, t.From, t.To, t.Checked, t.Retired, t.Codes }), Beside = beside,
                }, PrinciplesCommand.Json));
                return Exit.Done;
            }

            Console.WriteLine($"{list.Name.In(parsed.GetValue(language)!)} ({list.Code} {list.Version})\nSource: {list.Source}");
            foreach (var term in list.Terms)
                Console.WriteLine($"{term.Code,-28} {term.Label.In(parsed.GetValue(language)!)}{(term.Checked ? "" : " (not checked)")}{(term.Retired ? " (no longer offered)" : "")}");
            foreach (var match in beside)
                Console.WriteLine($"{match.Code,-12} {Terminal.Words("vocabulary.AgeFit." + match.Fit)}: {string.Join(", ", match.Others)}");
            return Exit.Done;
        });
        return command;
    }

    private static VocabularyList Find(string code) => VocabularyShelf.Find(code) ?? throw new RefusedException($"There is no list '{code}'. See: amana vocabulary list");
}
