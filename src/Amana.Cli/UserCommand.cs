using System.CommandLine;
using Amana.Domain.Accounts;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana user add</c>: adds a staff member with an account.</summary>
public static class UserCommand
{
    public static Command Make() => new("user", "Keep the staff's accounts.") { Add() };

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
