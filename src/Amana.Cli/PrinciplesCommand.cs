using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amana.Domain.Principles;

namespace Amana.Cli;

/// <summary><c>amana principles</c>: the catalogue of rules, as the gate asks them.</summary>
public static class PrinciplesCommand
{
    /// <summary>How the rules are written for programs.</summary>
    internal static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Command Make()
    {
        var json = new Option<bool>("--json") { Description = "Write every rule as JSON." };
        var command = new Command("principles", "List every rule of the eight principles: the steps it gates, the operations it guards, its source.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(Catalogue.Rules.Select(InJson), Json));
            else
                foreach (var rule in Catalogue.Rules)
                    Console.WriteLine($"{rule.Id,-6} {Terminal.Words("rule." + rule.Id + ".name")}{(rule.IsEvaluated ? "" : " (not evaluated yet)")}");
            return Exit.Done;
        });
        return command;
    }

    /// <summary>One rule with its words in English.</summary>
    private static object InJson(Rule rule) => new
    {
        rule.Id, rule.Principle, Name = Terminal.Words("rule." + rule.Id + ".name"), Asks = Terminal.Words("rule." + rule.Id + ".asks"),
        Steps = rule.Gates, Operations = rule.Guards, rule.Source, Evaluated = rule.IsEvaluated, Catalogue = Rule.CatalogueVersion,
    };
}
