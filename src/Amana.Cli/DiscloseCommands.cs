using System.CommandLine;
using System.CommandLine.Parsing;

namespace Amana.Cli;

/// <summary><c>amana disclose risk|recode|suppress|table|compare</c>: statistical disclosure control of a file, without a store.</summary>
public static class DiscloseCommands
{
    public static Command Make() => new("disclose", "Measure how easily people are found in a file, and make files and tables in which they are not.")
    {
        DiscloseRisk.Make(), DiscloseRecode.Make(), DiscloseSuppress.Make(), DiscloseTable.Make(), DiscloseCompare.Make(),
    };
}

/// <summary>What the parts of the command have in common.</summary>
internal sealed class DiscloseOptions
{
    public Argument<string> File { get; } = new("FILE") { Description = "Records about people: .csv, .tsv or .txt with the names first (separator, quotes and encoding are found out), or .parquet." };

    public Option<string[]> Keys { get; } = new("--keys")
    {
        Description = "Variables by which people could be found, with commas between them.", Required = true,
        CustomParser = Listed,
    };

    /// <summary>What R, SPSS and people write where there is no value.</summary>
    public Option<string[]> NotThere { get; } = new("--na")
    {
        Description = "Texts that stand for a value that is not there, besides the empty field, with commas between them, such as NA.",
        DefaultValueFactory = _ => [],
        CustomParser = Listed,
    };

    public Option<int> K { get; } = new("--k") { Description = "Least number of records in every group.", DefaultValueFactory = _ => 5 };

    public Option<string> Output { get; } = new("--output", "-o") { Description = "The file to write, in the form of the input; .parquet writes Parquet.", Required = true };

    public Option<bool> Json { get; } = new("--json") { Description = "Write the figures as JSON on standard output." };

    /// <summary>What stands between commas.</summary>
    private static string[] Listed(ArgumentResult result) => [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public static Option<string?> Column(string name, string description) => new(name) { Description = description };

    public void CheckKeys()
    {
        Keys.Validators.Add(result =>
        {
            var keys = result.GetValueOrDefault<string[]>() ?? [];
            if (keys.Length == 0)
                result.AddError("--keys names no variable.");
            else if (keys.Distinct(StringComparer.Ordinal).Count() < keys.Length)
                result.AddError("--keys names a variable twice.");
        });
        K.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 2)
                result.AddError("--k is 2 or more.");
        });
    }
}
