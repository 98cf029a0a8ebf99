using System.CommandLine;
using System.CommandLine.Invocation;

namespace Amana.Cli;

/// <summary>The command <c>amana</c> with all its parts.</summary>
public static class AmanaCommand
{
    public static async Task<int> Run(IReadOnlyList<string> args)
    {
        var root = new RootCommand("Amana: protection information management. Exit codes: 0 done, 1 refused or invalid input, 2 wrong usage.")
        {
            ServeCommand.Make(), MigrateCommand.Make(), UserCommand.Make(), FormCommands.Make(), LedgerCommands.Make(), ActivityCommands.Make(), ReferCommands.Make(), LinkCommands.Make(), PrinciplesCommand.Make(), DemoCommand.Make(),
            VocabularyCommands.Make(), TemplateCommands.Make(),
            DiscloseCommands.Make(), KeysCommands.Make(), EraseCommands.Make(), BackupCommands.Backup(), BackupCommands.Restore(), Bench.BenchCommand.Make(),
        };
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction || parsed.Errors.Count > 0)
            return Exit.With($"{parsed.Errors.Select(e => e.Message).FirstOrDefault("Wrong usage.")}\nSee: {CommandOf(parsed)} --help", Exit.WrongUsage);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (RefusedException refused)
        {
            return Exit.With(refused.Message);
        }
        catch (OperationCanceledException)
        {
            return Exit.With("Ended before it was done.");
        }
        catch (Exception e)
        {
            return Exit.With($"Amana failed inside ({e.GetType().Name}: {e.Message.Split('\n')[0].TrimEnd()}). Nothing was half done; please report this line.");
        }
    }

    private static string CommandOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, result.Command is RootCommand ? "amana" : result.Command.Name);
        return string.Join(' ', names);
    }
}
