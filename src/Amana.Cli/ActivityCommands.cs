using System.CommandLine;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana activity rules</c>: the same rules as on the pages.</summary>
public static class ActivityCommands
{
    public static Command Make() => new("activity", "Look at an activity's rules.") { Rules() };

    private static Command Rules()
    {
        var number = new Argument<int>("N") { Description = "The activity's number." };
        var store = new StoreOptions();
        var command = new Command("rules", "Say how the activity stands with each rule of the eight principles.") { number };
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var reader = services.GetRequiredService<ActivityReader>();
            var snapshot = await reader.Snapshot(await Find(reader, parsed.GetValue(number), cancellationToken), cancellationToken);
            foreach (var answer in Catalogue.Rules.Select(r => r.Evaluate(snapshot!)))
            {
                Console.WriteLine($"{State(answer),-15} {answer.Rule.Id}");
                foreach (var gap in answer.Gaps)
                    Console.WriteLine($"{"",-15}   {Terminal.InWords(gap)[(answer.Rule.Id.Length + 2)..]}");
            }

            return Exit.Done;
        }));
        return command;
    }

    private static async Task<ActivityId> Find(ActivityReader reader, int number, CancellationToken cancellationToken) =>
        await reader.Find(number, cancellationToken) ?? throw new RefusedException($"There is no activity {number}.");

    private static string State(RuleAnswer answer) => answer.State switch
    {
        RuleState.Met => "met",
        RuleState.DueSoon => "due soon",
        RuleState.NotApplicable => "not applicable",
        _ => "NOT MET",
    };
}
