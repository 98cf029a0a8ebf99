using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana activity rules|check|open|answers</c>: the same gate as on the pages.</summary>
public static class ActivityCommands
{
    public static Command Make() => new("activity", "Look at an activity's rules, open it for collection, or export its answers.") { Rules(), Check(), Open(), Answers() };

    private static Command Rules()
    {
        var number = new Argument<int>("N") { Description = "The activity's number." };
        var store = new StoreOptions();
        var command = new Command("rules", "Say how the activity stands with each rule of the eight principles.") { number };
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var reader = services.GetRequiredService<ActivityReader>();
            var snapshot = await reader.Snapshot(await ActingCommand.Activity(services, parsed.GetValue(number), cancellationToken), cancellationToken);
            Say(Catalogue.Evaluate(snapshot!));
            return Exit.Done;
        }));
        return command;
    }

    private static Command Check()
    {
        var id = new Argument<string>("ID") { Description = "The activity's number or id." };
        var json = new Option<bool>("--json") { Description = "Write the answers as JSON." };
        var store = new StoreOptions();
        var command = new Command("check", "Say how one activity stands: exit code 0 when every rule is met or does not apply, 1 when one is not met.") { id, json };
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var reader = services.GetRequiredService<ActivityReader>();
            var asked = parsed.GetValue(id)!;
            var found = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await ActingCommand.Activity(services, number, cancellationToken)
                : Guid.TryParse(asked, out var guid) ? new ActivityId(guid) : throw new RefusedException($"'{asked}' is neither the number nor the id of an activity.");
            var snapshot = await reader.Snapshot(found, cancellationToken) ?? throw new RefusedException($"There is no activity {asked}.");
            var answers = Catalogue.Evaluate(snapshot);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(InJson(snapshot, answers), PrinciplesCommand.Json));
            else
                Say(answers);
            return answers.Any(a => a.State == RuleState.NotMet) ? Exit.Refused : Exit.Done;
        }));
        return command;
    }

    private static object InJson(ActivitySnapshot snapshot, IEnumerable<RuleAnswer> answers) => new
    {
        Id = snapshot.Activity.Id.Value, snapshot.Activity.Number, snapshot.Activity.Title, snapshot.Activity.Step, Asked = snapshot.Today,
        Rules = answers.Select(a => new
        {
            a.Rule.Id, a.Rule.Principle, a.State, Evaluated = a.Rule.IsEvaluated, a.DueOn, a.NotApplicableBecause, Steps = a.Rule.Gates, Operations = a.Rule.Guards, Held = a.Holding,
            Gaps = a.Gaps.Select(g => new { g.Slug, Text = Terminal.InWords(g), Mender = g.Mend?.Who, Page = g.Mend?.Page }),
            Remarks = a.Remarks.Select(g => new { g.Slug, Text = Terminal.InWords(g), Mender = g.Mend?.Who, Page = g.Mend?.Page }),
        }),
    };

    private static void Say(IEnumerable<RuleAnswer> answers)
    {
        foreach (var answer in answers)
        {
            Console.WriteLine($"{State(answer),-15} {answer.Rule.Id}");
            foreach (var gap in answer.Gaps.Concat(answer.Remarks))
                Console.WriteLine($"{"",-15}   {Terminal.InWords(gap)[(answer.Rule.Id.Length + 2)..]}");
        }
    }

    private static Command Open()
    {
        var number = new Argument<int>("N") { Description = "The activity's number." };
        return new ActingCommand("open", "Open the activity for collection, if every rule that gates it is met.", number).Does(async (parsed, services, who, cancellationToken) =>
            ActingCommand.Said(await services.GetRequiredService<EnterStep>().Handle(who, await ActingCommand.Activity(services, parsed.GetValue(number), cancellationToken), PimStep.Implement, cancellationToken),
                _ => $"Activity {parsed.GetValue(number)} is open for collection."));
    }

    private static Command Answers()
    {
        var number = new Argument<int>("N") { Description = "The activity's number." };
        var need = new Option<string>("--need") { Description = "Code of the information need that the export serves.", Required = true };
        var output = new Option<string>("--out") { Description = "The file to write; it must not be there yet.", Required = true };
        var format = new Option<AnswersFormat>("--format") { Description = "flat: one CSV file; tables: CSV, in a ZIP file with one table for each repeat where a form has any; workbook: XLSX, one sheet for each." };
        var labels = new Option<string?>("--labels") { Description = "Language code of the labels to write instead of codes." };
        var split = new Option<bool>("--split") { Description = "Add a column of 1 and 0 for each choice of a multiple selection." };
        return new ActingCommand("answers", "Write the coded answers that serve one need: a working copy, which is entered in the ledger and is no release.", number, need, output, format, labels, split).Does(async (parsed, services, who, cancellationToken) =>
        {
            var id = await ActingCommand.Activity(services, parsed.GetValue(number), cancellationToken);
            var file = parsed.GetValue(output)!;
            if (File.Exists(file))
                return Exit.With($"{file} is there already; nothing was written.");
            var shape = new AnswersShape(parsed.GetValue(format), parsed.GetValue(labels), parsed.GetValue(split));
            return ActingCommand.Said(await Export(services, who.Citing(parsed.GetValue(need)), id, shape, file, cancellationToken), done => $"{done.Records} records, {done.Columns.Count} columns.");
        });
    }

    private static async Task<Outcome<ExportedAnswers>> Export(IServiceProvider services, AccessContext who, ActivityId activity, AnswersShape shape, string file, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // for its owner alone
        await using var stream = new MadeWhenOpened(() => new FileStream(file, options));
        return await services.GetRequiredService<ExportAnswers>().Handle(who, activity, shape, _ => stream.Open(), cancellationToken);
    }

    /// <summary>A file that comes to be when it is first written to: a refusal leaves none.</summary>
    private sealed class MadeWhenOpened(Func<FileStream> make) : IAsyncDisposable
    {
        private FileStream? _made;

        public FileStream Open() => _made = make();

        public ValueTask DisposeAsync() => _made?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private static string State(RuleAnswer answer) => answer.State switch
    {
        RuleState.Met => "met",
        RuleState.DueSoon => "due soon",
        RuleState.NotApplicable => "not applicable",
        _ => "NOT MET",
    };
}
