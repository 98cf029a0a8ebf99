using System.CommandLine;
using Amana.Domain.Cases;
using Amana.Domain.Shared;
using Amana.Features.Cases;
using Amana.Features.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana refer list|send|end|received|answer|outcome</c>: the same gate, yes and ledger as on the pages. What was handed over is read on the page alone: a terminal remembers.</summary>
public static class ReferCommands
{
    private static readonly Argument<int> Number = new("N") { Description = "The activity's number." };
    private static readonly Argument<string> Code = new("CODE") { Description = "The referral's code." };

    public static Command Make() => new("refer", "Pass people to services, with their yes, and answer for a service.") { Sent(), Send(), End(), Received(), Answer(), Outcome() };

    private static Command Sent() => new ActingCommand("list", "List whom the activity passed to which service, by code.", Number).Does(async (parsed, services, who, cancellationToken) =>
    {
        var outcome = await services.GetRequiredService<ReferralsSent>().Read(who, await ActingCommand.Activity(services, parsed.GetValue(Number), cancellationToken), cancellationToken);
        return ActingCommand.Said(outcome, lines => Lines(lines, l => l.RecordCode));
    });

    private static Command Send()
    {
        var record = new Option<string>("--record") { Description = "Code of the person's record.", Required = true };
        var service = new Option<Guid>("--service") { Description = "Id of the service in the directory.", Required = true };
        var urgency = new Option<ReferralUrgency>("--urgency") { Description = "How soon an answer is needed.", DefaultValueFactory = _ => ReferralUrgency.Soon };
        var fields = new Option<string[]>("--field") { Description = "Path of a question whose answer goes along; once for each.", Required = true };
        return new ActingCommand("send", "Pass a person to a service. Words for the service are read from standard input.", Number, record, service, urgency, fields).Does(async (parsed, services, who, cancellationToken) =>
        {
            var activity = await ActingCommand.Activity(services, parsed.GetValue(Number), cancellationToken);
            var words = await Console.In.ReadToEndAsync(cancellationToken);
            var command = new SendReferral(Ids.New<ReferralId>(services.GetRequiredService<TimeProvider>()), Ids.RandomCode(10), parsed.GetValue(urgency), parsed.GetValue(fields) ?? [], words);
            return ActingCommand.Said(await services.GetRequiredService<ReferPerson>().Handle(who, activity, Ids.Normalise(parsed.GetValue(record)!), new ServiceId(parsed.GetValue(service)), command, cancellationToken),
                code => $"Referral {code} was sent.");
        });
    }

    private static Command End() => new ActingCommand("end", "End a referral from the side that sent it.", Number, Code).Does(async (parsed, services, who, cancellationToken) =>
        ActingCommand.Said(await services.GetRequiredService<EndReferral>().Handle(who, await ActingCommand.Activity(services, parsed.GetValue(Number), cancellationToken), parsed.GetValue(Code)!, cancellationToken),
            _ => $"Referral {parsed.GetValue(Code)} is ended."));

    private static Command Received() => new ActingCommand("received", "List referrals that came to your organisation.").Does(async (_, services, who, cancellationToken) =>
    {
        Console.WriteLine(Lines(await services.GetRequiredService<ReferralsReceived>().Read(who, cancellationToken), _ => ""));
        return Exit.Done;
    });

    private static Command Answer()
    {
        var declines = new Option<DeclineReason?>("--decline") { Description = "Why the service does not take the person; without it the referral is taken." };
        return new ActingCommand("answer", "Take a referral, or say why not.", Code, declines).Does(async (parsed, services, who, cancellationToken) =>
        {
            var because = parsed.GetValue(declines);
            return ActingCommand.Said(await services.GetRequiredService<AnswerReferral>().Handle(who, parsed.GetValue(Code)!, because is null, because, cancellationToken),
                _ => $"Referral {parsed.GetValue(Code)} is {(because is null ? "taken" : "declined")}.");
        });
    }

    private static Command Outcome()
    {
        var what = new Argument<ReferralOutcome>("OUTCOME") { Description = "What came of it." };
        return new ActingCommand("outcome", "Say what came of a referral that was taken.", Code, what).Does(async (parsed, services, who, cancellationToken) =>
            ActingCommand.Said(await services.GetRequiredService<FinishReferral>().Handle(who, parsed.GetValue(Code)!, parsed.GetValue(what), cancellationToken), _ => $"Referral {parsed.GetValue(Code)}: {parsed.GetValue(what)}."));
    }

    private static string Lines(IReadOnlyList<ListedReferral> lines, Func<ListedReferral, string> record) => lines.Count == 0 ? "No referrals." : string.Join('\n', lines.Select(l =>
        string.Join('\t', new[] { l.Referral.Code, record(l), l.Referral.Kind, l.Service, $"{l.Sender} > {l.Receiver}", l.Referral.State.ToString(), l.Referral.AnswerBy.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), l.Overdue ? "overdue" : "" }.Where(x => x.Length > 0))));
}
