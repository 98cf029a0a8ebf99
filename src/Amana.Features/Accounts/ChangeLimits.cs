using System.Globalization;
using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>The limits that hold, and those that wait for a second person with the name of who asked.</summary>
public sealed record ShownLimits(OperationLimits Present, ProposedLimits? Proposed, string? ProposedBy);

/// <summary>Reads the limits of the operation, for all its staff.</summary>
public sealed class LimitsReader(AmanaDb db)
{
    public async Task<ShownLimits> Read(CancellationToken cancellationToken)
    {
        var operation = await db.Set<HumanitarianOperation>().AsNoTracking().SingleAsync(cancellationToken);
        var by = operation.Proposed is { } proposed ? await db.Set<StaffMember>().Where(s => s.Id == proposed.By).Select(s => s.Name).SingleOrDefaultAsync(cancellationToken) : null;
        return new ShownLimits(operation.Limits, operation.Proposed, by);
    }
}

/// <summary>Asks for other limits, with a reason. Nothing changes before another person agrees.</summary>
public sealed class ProposeLimits(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, OperationLimits wanted, string reason, CancellationToken cancellationToken)
    {
        var operation = await db.Set<HumanitarianOperation>().SingleAsync(cancellationToken);
        var decision = LimitRules.Propose(operation, wanted, reason, who.Actor, clock.Now());
        if (decision is not Decision<LimitsProposed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        var happening = LimitsEntry.Of(change, operation, wanted);
        operation.Apply(change);
        await ledger.Commit(who, cancellationToken, happening);
        return Nothing.Here;
    }
}

/// <summary>Agrees to limits that someone else asked for, or leaves all as it was. Who asked may take it back, and no more.</summary>
public sealed class DecideLimits(AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, bool accept, CancellationToken cancellationToken)
    {
        var operation = await db.Set<HumanitarianOperation>().SingleAsync(cancellationToken);
        var decision = LimitRules.Decide(operation, accept, who.Actor);
        if (decision is not Decision<LimitsDecided>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        var happening = LimitsEntry.Of(change, operation, change.Limits).With("accepted", change.Accepted ? "yes" : "no");
        operation.Apply(change);
        await ledger.Commit(who, cancellationToken, happening);
        return Nothing.Here;
    }
}

/// <summary>What the ledger says of changed limits: each by its name, from and to.</summary>
internal static class LimitsEntry
{
    public static Happening Of(Change change, HumanitarianOperation operation, OperationLimits wanted) =>
        LimitRules.Differing(operation.Limits, wanted).Aggregate(Happening.Of(change, subject: operation.Id.Value),
            (entry, limit) => entry.With(limit.Name, string.Create(CultureInfo.InvariantCulture, $"{limit.Of(operation.Limits)} to {limit.Of(wanted)}")));
}
