using System.CommandLine;
using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana user add|reset-factor|password|sessions|deactivate</c>: keeps the staff's accounts, on the house's own machine.</summary>
public static class UserCommand
{
    public static Command Make() => new("user", "Keep the staff's accounts.") { Add(), ResetFactor(), Password(), Sessions(), Deactivate() };

    private static Command ResetFactor() => ForOne("reset-factor", "Remove every second factor of a staff member who lost theirs, and sign them out.", async (services, id, cancellationToken) =>
    {
        var reset = await services.GetRequiredService<ResetFactors>().Handle(AccessContext.House, id, cancellationToken);
        return reset.IsDone ? Said("Done. They sign in with the password alone and add a second factor anew.") : Terminal.Refused(reset.Refusals);
    });

    private static Command Password() => ForOne("password", "Give a staff member a password for a single use, and sign them out.", async (services, id, cancellationToken) =>
    {
        var given = await services.GetRequiredService<GiveNewPassword>().Handle(AccessContext.House, id, cancellationToken);
        return given.IsDone ? Said($"Password for the next sign-in: {given.Result.OneTimePassword}") : Terminal.Refused(given.Refusals);
    });

    private static Command Sessions()
    {
        var end = new Option<bool>("--end") { Description = "Sign them out of every browser." };
        return ForOne("sessions", "List where a staff member is signed in.", async (services, id, cancellationToken, parsed) =>
        {
            if (parsed.GetValue(end))
                await services.GetRequiredService<EndSessionsOf>().Handle(AccessContext.House, id, cancellationToken);
            var access = await services.GetRequiredService<StaffAccessReader>().Read(AccessContext.House, id, cancellationToken);
            foreach (var session in access!.Sessions)
                Console.WriteLine($"{session.StartedAt:u}  last used {session.LastSeenAt:u}  {session.Means}  {session.Device}");
            return Said(access.Sessions.Count == 0 ? "Signed in nowhere." : $"{access.Sessions.Count} in all.");
        }, end);
    }

    private static Command Deactivate()
    {
        var undo = new Option<bool>("--undo") { Description = "Open the account again." };
        return ForOne("deactivate", "Close the account of somebody who left.", async (services, id, cancellationToken, parsed) =>
        {
            var outcome = parsed.GetValue(undo)
                ? await services.GetRequiredService<ReactivateStaff>().Handle(AccessContext.House, id, cancellationToken)
                : await services.GetRequiredService<DeactivateStaff>().Handle(AccessContext.House, id, cancellationToken);
            return outcome.IsDone ? Said("Done.") : Terminal.Refused(outcome.Refusals);
        }, undo);
    }

    private static Command ForOne(string name, string does, Func<IServiceProvider, StaffId, CancellationToken, Task<int>> act) => ForOne(name, does, (s, id, c, _) => act(s, id, c));

    private static Command ForOne(string name, string does, Func<IServiceProvider, StaffId, CancellationToken, ParseResult, Task<int>> act, params Option[] more)
    {
        var email = new Option<string>("--email") { Description = "Address that they sign in with.", Required = true };
        var store = new StoreOptions();
        var command = new Command(name, does) { email };
        foreach (var option in more)
            command.Add(option);
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var all = await services.GetRequiredService<StaffList>().Read(AccessContext.House, cancellationToken);
            return all.FirstOrDefault(s => string.Equals(s.Email, parsed.GetValue(email)!.Trim(), StringComparison.OrdinalIgnoreCase)) is { } staff
                ? await act(services, staff.Id, cancellationToken, parsed)
                : Exit.With($"Nobody here has the address '{parsed.GetValue(email)}'.");
        }));
        return command;
    }

    private static int Said(string words)
    {
        Console.WriteLine(words);
        return Exit.Done;
    }

    private static Command Add()
    {
        var email = new Option<string>("--email") { Description = "Address to sign in with.", Required = true };
        var name = new Option<string>("--name") { Description = "The person's name.", Required = true };
        var organisation = new Option<string>("--organisation") { Description = "Short name of their organisation.", Required = true };
        var duties = new Option<Duty[]>("--duty") { Description = "A duty for the whole operation; may be given several times.", AllowMultipleArgumentsPerToken = true };
        var fromInput = new Option<bool>("--password-stdin") { Description = "Read the password from standard input; without it, one for a single use is made and printed." };
        var store = new StoreOptions();
        var command = new Command("add", "Add a staff member with an account.") { email, name, organisation, duties, fromInput };
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var password = parsed.GetValue(fromInput) ? (await Console.In.ReadLineAsync(cancellationToken))?.TrimEnd('\r') ?? "" : null;
            var shortName = parsed.GetValue(organisation)!;
            var all = await services.GetRequiredService<OrganisationList>().Read(AccessContext.House, cancellationToken);
            if (all.FirstOrDefault(o => string.Equals(o.ShortName, shortName, StringComparison.OrdinalIgnoreCase)) is not { } found)
                return Exit.With(all.Count == 0
                    ? "There is no organisation yet: make the operation on the page /first-run."
                    : $"There is no organisation '{shortName}'. There are: {string.Join(", ", all.Select(o => o.ShortName))}.");
            var added = await services.GetRequiredService<AddStaffMember>().Handle(AccessContext.House, found.Id, parsed.GetValue(name)!, parsed.GetValue(email)!,
                parsed.GetValue(duties) ?? [], password, cancellationToken);
            if (!added.IsDone)
                return Terminal.Refused(added.Refusals);
            if (added.Result.OneTimePassword is { } oneTime)
                Console.WriteLine($"Password for the first sign-in: {oneTime}");
            else
                Console.WriteLine("Done.");
            return Exit.Done;
        }));
        return command;
    }
}
