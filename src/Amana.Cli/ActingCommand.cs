using System.CommandLine;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary>A command that acts as a staff member: the store, who acts, and what is done in their name through the same use cases as on the pages.</summary>
internal sealed class ActingCommand
{
    private readonly StoreOptions _store = new();
    private readonly Option<string> _actingAs = new("--as") { Description = "Address of the staff member who does it.", Required = true };

    public ActingCommand(string name, string description, params IEnumerable<Symbol> symbols)
    {
        Command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                Command.Add(argument);
            else if (symbol is Option option)
                Command.Add(option);
        }

        Command.Add(_actingAs);
        _store.AddTo(Command);
    }

    public Command Command { get; }

    /// <summary>What is done.</summary>
    public Command Does(Func<ParseResult, IServiceProvider, AccessContext, CancellationToken, Task<int>> act)
    {
        Command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(_store.Of(parsed), make: false, async services =>
            await services.GetRequiredService<HouseReader>().ActingAs(parsed.GetValue(_actingAs)!, cancellationToken) is { } who
                ? await act(parsed, services, who, cancellationToken)
                : Exit.With($"There is no active staff member with the address {parsed.GetValue(_actingAs)}.")));
        return Command;
    }

    /// <summary>The activity of that number.</summary>
    public static async Task<ActivityId> Activity(IServiceProvider services, int number, CancellationToken cancellationToken) =>
        await services.GetRequiredService<ActivityReader>().Find(number, cancellationToken) ?? throw new RefusedException($"There is no activity {number}.");

    /// <summary>Says that it is done, or why not.</summary>
    public static int Said<T>(Outcome<T> outcome, Func<T, string> done)
    {
        if (!outcome.IsDone)
            return Terminal.Refused(outcome.Refusals);
        Console.WriteLine(done(outcome.Result));
        return Exit.Done;
    }
}
