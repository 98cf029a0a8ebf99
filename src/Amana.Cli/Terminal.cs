using Amana.Domain.Shared;
using Amana.Features.Texts;
using Spectre.Console;

namespace Amana.Cli;

/// <summary>What commands show: progress on a terminal only, and refusals in the words that pages use.</summary>
public static class Terminal
{
    private static readonly Lazy<Texts> s_texts = new(() => Texts.Load(typeof(Texts).Assembly));

    /// <summary>Shows on a terminal that work is going on; silent elsewhere.</summary>
    public static async Task While(string what, Func<Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work();
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Status().StartAsync(Markup.Escape(what) + " …", _ => work());
    }

    /// <summary>Shows on a terminal how far work has come; silent elsewhere.</summary>
    public static async Task Counting(string what, Func<Action<int, int>, Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work(static (_, _) => { });
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress().StartAsync(async progress =>
        {
            var task = progress.AddTask(Markup.Escape(what));
            await work((done, all) => (task.MaxValue, task.Value) = (all, done));
        });
    }

    /// <summary>Shows on a terminal that work is going on, and what it says of itself; silent elsewhere.</summary>
    public static async Task Telling(string what, Func<Action<string>, Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work(static _ => { });
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Status().StartAsync(Markup.Escape(what) + " …", status => work(said => status.Status(Markup.Escape($"{what}: {said}"))));
    }

    /// <summary>A text of the product in English.</summary>
    public static string Words(string key) => s_texts.Value.Get(Language.English, key);

    /// <summary>A refusal in English, with its rule and field.</summary>
    public static string InWords(Refusal refusal)
    {
        var words = s_texts.Value.Has("refusal." + refusal.Slug) ? s_texts.Value.Of(Language.English, refusal) : refusal.Slug;
        // The marks that keep words of another direction apart are for pages.
        words = string.Concat(words.Where(c => c is not (>= '\u2066' and <= '\u2069')));
        var before = refusal.Args.TryGetValue("rule", out var rule) ? rule + ": " : refusal.Field is { } field ? field + ": " : "";
        return before + words;
    }

    /// <summary>Writes the refusals to standard error, one a line.</summary>
    public static int Refused(IEnumerable<Refusal> refusals)
    {
        foreach (var line in refusals.Select(InWords).Distinct(StringComparer.Ordinal))
            Console.Error.WriteLine(line);
        return Exit.Refused;
    }
}
