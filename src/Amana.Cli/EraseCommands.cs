using System.CommandLine;
using System.Text.Json;
using Amana.Features.Platform;
using Amana.Features.Platform.Backup;
using Amana.Features.Platform.Ledger;
using Amana.Features.Rights;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana erase plan|run</c>: what erasure and retention would dispose of now, and doing it. The running house does the same by itself.</summary>
public static class EraseCommands
{
    public static Command Make() => new("erase", "Erase who withdrew, and what its retention date has passed; or say what that would be.") { Plan(), Run() };

    private static Command Plan()
    {
        var asJson = new Option<bool>("--json") { Description = "For programs." };
        var store = new StoreOptions();
        var command = new Command("plan", "Say what would be disposed of now, with counts. Nothing is.") { asJson };
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var read = await services.GetRequiredService<DisposalPlan>().Read(AccessContext.House, cancellationToken);
            if (!read.IsDone)
                return Terminal.Refused(read.Refusals);
            var plan = read.Result;
            if (parsed.GetValue(asJson))
            {
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    today = plan.Today, withdrawn = plan.Withdrawn,
                    activities = plan.Activities.Select(a => new { number = a.Number, keptUntil = a.KeptUntil, then = a.Then.ToString(), standing = a.Standing.ToString(), people = a.People, records = a.Records, boxes = a.Boxes }),
                }));
                return Exit.Done;
            }

            Console.WriteLine($"People who withdrew and would be erased: {plan.Withdrawn}");
            foreach (var a in plan.Activities)
                Console.WriteLine($"Activity {a.Number}, kept until {a.KeptUntil:yyyy-MM-dd}, then {a.Then}: {Terminal.Words("vocabulary.DisposalStanding." + a.Standing)}. {a.People} people, {a.Records} records, {a.Boxes} boxes.");
            return Exit.Done;
        }));
        return command;
    }

    private static Command Run()
    {
        var store = new StoreOptions();
        var command = new Command("run", "Erase who withdrew, and destroy what its retention date has passed.");
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var (people, activities) = (0, 0);
            await Terminal.While("Erasing", async () =>
            {
                people = (await services.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, cancellationToken)).Result;
                activities = (await services.GetRequiredService<DisposeByDate>().Handle(AccessContext.House, cancellationToken)).Result;
                await services.GetRequiredService<LedgerSequencer>().Integrate(sign: true, cancellationToken);
            });
            Console.WriteLine($"Erased: {people} people who withdrew, and the data of {activities} activities past their date.");
            var pending = (await services.GetRequiredService<KeyStoreCopies>().WriteAll(AccessContext.House, pendingOnly: true, cancellationToken)).Where(s => !s.Current).ToList();
            foreach (var state in pending)
                await Console.Error.WriteLineAsync($"Not complete yet: the copy of the keys at '{state.Target.Name}' still holds an earlier epoch. {state.Problem}");
            return Exit.Done;
        }));
        return command;
    }
}
