using System.Data.Common;
using System.Globalization;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Amana.Features.Platform;

/// <summary>How many people may be opened within an hour of the clock, so that a stolen account or a server in other hands reads slowly and is heard (SEC-3).</summary>
/// <param name="Account">By one account, one by one.</param>
/// <param name="House">By all accounts together, one by one.</param>
/// <param name="InBulk">By all accounts together, for work on many at once: exports, releases, lists for phones. It is counted by itself.</param>
public sealed record OpeningLimits(int Account, int House, int InBulk)
{
    public static OpeningLimits Usual { get; } = new(100, 1000, 200_000);

    /// <summary>The operation's own limits: <c>AMANA_OPENINGS_ACCOUNT</c>, <c>AMANA_OPENINGS_HOUSE</c>, <c>AMANA_OPENINGS_BULK</c>; the usual one where one is not set or is no number above 0.</summary>
    public static OpeningLimits Of(Func<string, string?> setting) =>
        new(Read(setting, "ACCOUNT", Usual.Account), Read(setting, "HOUSE", Usual.House), Read(setting, "BULK", Usual.InBulk));

    private static int Read(Func<string, string?> setting, string name, int usual) =>
        int.TryParse(setting("AMANA_OPENINGS_" + name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : usual;
}

/// <summary>How many people one budget has opened in one hour. No person is named; rows of days past are dropped.</summary>
public sealed class OpeningCount
{
    private OpeningCount() { }

    /// <summary>Whose budget: an account as the ledger names it, <c>all</c>, <c>bulk</c>, or one of them with <c>!</c> once its alarm was raised.</summary>
    public string Budget { get; private set; } = "";

    /// <summary>Hours since 1970, in UTC.</summary>
    public long Hour { get; private set; }

    public int People { get; private set; }
}

/// <summary>Counts openings in the store, so that the budget holds over all processes and after a restart, and counts them before anything is opened. What was counted and then not opened stays counted.
/// Beyond a budget the door refuses, and the first refusal of the hour enters an alarm.</summary>
public sealed class OpeningBudget(AmanaDb db, StoreWriter writer, LedgerBook ledger, OpeningLimits limits, TimeProvider clock)
{
    private const long HoursKept = 48;

    /// <summary>Counts one person opened by an account; the refusal where its budget, or that of all, is spent.</summary>
    internal async Task<Refusal?> SpendOne(AccessContext who, Operation operation, ActivityId activity, Guid subject, CancellationToken cancellationToken)
    {
        if (who.Actor.Kind is not (ActorKind.Staff or ActorKind.Phone))
            return null; // a person reads what is the person's own
        var spent = !await Add(who.LedgerName, 1, limits.Account, cancellationToken) ? ("account", who.LedgerName, limits.Account)
            : !await Add("all", 1, limits.House, cancellationToken) ? ("house", "all", limits.House)
            : default;
        return spent.Item1 is null ? null : await Refuse(who, operation, activity, subject, spent, cancellationToken);
    }

    /// <summary>Counts many opened at once; the refusal where the budget for that is spent.</summary>
    internal async Task<Refusal?> SpendInBulk(AccessContext who, Operation operation, ActivityId activity, int people, CancellationToken cancellationToken) =>
        people == 0 || await Add("bulk", people, limits.InBulk, cancellationToken) ? null : await Refuse(who, operation, activity, null, ("bulk", "bulk", limits.InBulk), cancellationToken);

    private async Task<Refusal> Refuse(AccessContext who, Operation operation, ActivityId activity, Guid? subject, (string Of, string Budget, int Limit) spent, CancellationToken cancellationToken)
    {
        var refusal = new Refusal("opening.budget-spent." + spent.Of, Principle.DataProtection).With("limit", spent.Limit.ToString(CultureInfo.InvariantCulture))
            .With("minutes", (60 - clock.Now().Minute).ToString(CultureInfo.InvariantCulture)).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Incidents);
        await ledger.Refuse(who, operation, activity, subject, [refusal], cancellationToken);
        if (await Add(spent.Budget + "!", 1, 1, cancellationToken))
            await ledger.Commit(who, cancellationToken, new Happening("OpeningBudgetSpent", activity).With("of", spent.Of).With("limit", spent.Limit));
        return refusal;
    }

    /// <summary>Adds where the sum stays within the limit, in one statement: of two at the same moment, one sees the other's.</summary>
    private async Task<bool> Add(string budget, int people, int limit, CancellationToken cancellationToken)
    {
        if (people > limit)
            return false;
        var (added, hour) = (0, clock.Now().ToUnixTimeSeconds() / 3600);
        await writer.Write(async ct =>
        {
            await db.Database.OpenConnectionAsync(ct);
            try
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
                command.CommandText = "delete from opening_counts where hour < @hour - @kept; " +
                    "insert into opening_counts (budget, hour, people) values (@budget, @hour, @people) on conflict (budget, hour) do update set people = opening_counts.people + excluded.people " +
                    "where opening_counts.people + excluded.people <= @limit returning people";
                Bind(command, ("@budget", budget), ("@hour", hour), ("@people", people), ("@limit", limit), ("@kept", HoursKept));
                added = await command.ExecuteScalarAsync(ct) is null ? 0 : people;
            }
            finally
            {
                await db.Database.CloseConnectionAsync();
            }
        }, cancellationToken);
        return added > 0;
    }

    private static void Bind(DbCommand command, params (string Name, object Value)[] values)
    {
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }
}
