using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Platform;

/// <summary>The one door of the store: loads the live state, asks the gate, and enters a refusal into the ledger. Use cases go on only with its yes.</summary>
public sealed class Door(ActivityReader activities, LedgerBook ledger, OpeningBudget budget)
{
    /// <summary>Asks the gate for an operation on data about people.</summary>
    /// <param name="who">Who asks, citing which need.</param>
    /// <param name="operation">What is to be done.</param>
    /// <param name="activity">In which activity.</param>
    /// <param name="consent">The consent of the person concerned, where one record is touched.</param>
    /// <param name="subject">The random id of the record or thing concerned.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public Task<Outcome<Passage>> Ask(AccessContext who, Operation operation, ActivityId activity, Domain.Consent.PersonConsent? consent, Guid? subject, CancellationToken cancellationToken) =>
        Ask(who, new GateRequest(who.Actor, operation, who.NeedCode, consent), activity, subject, cancellationToken);

    /// <summary>Asks the gate for one request, which may name a form or a recipient.</summary>
    public async Task<Outcome<Passage>> Ask(AccessContext who, GateRequest request, ActivityId activity, Guid? subject, CancellationToken cancellationToken)
    {
        var snapshot = await activities.Snapshot(activity, cancellationToken);
        if (snapshot is null)
            return new Refusal("activity.not-found");
        var answer = Gate.Decide(snapshot, request with { Subject = subject ?? request.Subject });
        if (answer.Allowed)
        {
            // One record, read or corrected: the account's budget and that of the house are asked before anything is opened.
            if (request.Operation is Operation.Open or Operation.Amend && subject is { } opened && await budget.SpendOne(who, request.Operation, activity, opened, cancellationToken) is { } spent)
                return spent;
            if (answer.Overridden.Count > 0)
                await ledger.Commit(who, cancellationToken, Overridden(answer, request.Operation, activity, subject));
            return new Passage(snapshot, answer);
        }

        await ledger.Refuse(who, request.Operation, activity, subject, answer.Refusals, cancellationToken);
        return answer.Refusals.ToList();
    }

    /// <summary>Asks the budget for work on many people at once, once it is known on how many; the refusal where it is spent.</summary>
    public Task<Refusal?> InBulk(AccessContext who, Operation operation, ActivityId activity, int people, CancellationToken cancellationToken) => budget.SpendInBulk(who, operation, activity, people, cancellationToken);

    /// <summary>That an operation went on although rules were not met, because an override is in force.</summary>
    public static Happening Overridden(GateAnswer answer, Operation operation, ActivityId activity, Guid? subject) =>
        new Happening("OverrideUsed", activity, subject).With("operation", operation.ToString()).With("rules", string.Join(' ', answer.Overridden));

    /// <summary>The same for those who ask the gate themselves and enter it with the effect: nothing where no rule gave way.</summary>
    public static IEnumerable<Happening> OverridesUsed(GateAnswer answer, Operation operation, ActivityId activity, Guid? subject) =>
        answer is { Allowed: true, Overridden.Count: > 0 } ? [Overridden(answer, operation, activity, subject)] : [];

    /// <summary>Loads an activity for planning. Refused to those who may not plan it, and as "not found" to those who may not even read it.</summary>
    public async Task<Outcome<ActivitySnapshot>> ForPlanning(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var snapshot = await ForReading(who, activity, cancellationToken);
        return snapshot.IsDone && Authority.MayPlan(snapshot.Result, who.Actor) is { Count: > 0 } refusals ? refusals.ToList() : snapshot;
    }

    /// <summary>Loads an activity's plan and state for reading. Holds nothing about people.</summary>
    public async Task<Outcome<ActivitySnapshot>> ForReading(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var snapshot = await activities.Snapshot(activity, cancellationToken);
        if (snapshot is null)
            return new Refusal("activity.not-found");
        return Authority.MayRead(snapshot, who.Actor) is { Count: > 0 } refusals ? refusals.ToList() : snapshot;
    }
}

/// <summary>The gate's yes, with the state it was given for.</summary>
public sealed record Passage(ActivitySnapshot Activity, GateAnswer Answer);
