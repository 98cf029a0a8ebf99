using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Coordination;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Coordination;

/// <summary>Writes the operation's information sharing protocol; by a coordinator or the data protection focal point.</summary>
public sealed class WriteProtocol(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ProtocolContent content, CancellationToken cancellationToken)
    {
        if (Authority.MustHoldOneOf(who.Actor, Duty.Coordinator, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        var operation = await db.Set<HumanitarianOperation>().Select(o => o.Id).SingleAsync(cancellationToken);
        var before = await db.Set<InformationProtocol>().SingleOrDefaultAsync(cancellationToken);
        if (before?.Content.SaysTheSame(content) == true)
            return Nothing.Here; // sent twice
        var decision = ProtocolRules.Write(operation, content, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<ProtocolWritten>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (before is null)
            db.Add(InformationProtocol.Of(change));
        else
            before.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change).With("rows", content.Rows.Count));
        return Nothing.Here;
    }
}

/// <summary>Asks another organisation for data, for the asker's own organisation. Sent twice with the same id it is asked once.</summary>
public sealed class AskOrganisation(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>Days in which an answer is due.</summary>
    public const int AnswerDays = 14;

    public async Task<Outcome<Nothing>> Handle(AccessContext who, AskForDataOf command, CancellationToken cancellationToken)
    {
        if (who.Actor is not { Kind: ActorKind.Staff, OrganisationId: { } own })
            return new Refusal("actor.may-not-plan", Principle.Coordination);
        if (await db.Set<DataRequest>().AnyAsync(r => r.Id == command.Id, cancellationToken))
            return Nothing.Here;
        if (!await db.Set<Organisation>().AnyAsync(o => o.Id == command.AskedOf, cancellationToken))
            return new Refusal("field.required").At(nameof(command.AskedOf));
        if (command.ActivityId is { } activity && !await db.Set<Activity>().AnyAsync(a => a.Id == activity && a.OrganisationId == command.AskedOf, cancellationToken))
            return new Refusal("data-request.activity-of-another", Principle.Coordination).At(nameof(command.ActivityId));
        var decision = DataRequestRules.Ask(command, own, who.Actor.StaffId!.Value, clock.Now(), AnswerDays);
        if (decision is not Decision<DataRequested>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(DataRequest.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, change.ActivityId, change.Id.Value).With("asked-of", change.AskedOf.Value.ToString("N")));
        return Nothing.Here;
    }
}

/// <summary>Answers a request with benefit and risk weighed; by staff of the organisation that was asked, or by the data protection focal point there.</summary>
public sealed class AnswerDataRequest(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, DataRequestId id, DataRequestAnswer answer, SharingAssessment assessment, string reason, CancellationToken cancellationToken)
    {
        var request = await db.Set<DataRequest>().FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (request is null || who.Actor.Kind != ActorKind.Staff || who.Actor.OrganisationId != request.AskedOf)
            return new Refusal("data-request.not-yours", Principle.Coordination).MendedBy(Mender.Coordinator, MendPage.None);
        var decision = DataRequestRules.Answer(request, answer, assessment, reason, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<DataRequestAnswered>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        request.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, request.ActivityId, id.Value).With("with", answer.ToString())
            .With("risk-of-sharing", assessment.SharingScore).With("risk-of-not-sharing", assessment.NotSharingScore));
        return Nothing.Here;
    }
}

/// <summary>Puts a service into the directory. Any staff member may, for any organisation: who knows of help says so. Sent twice with the same id it is listed once.</summary>
public sealed class AddServicePoint(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ListServicePoint command, CancellationToken cancellationToken)
    {
        if (who.Actor.Kind != ActorKind.Staff)
            return new Refusal("actor.may-not-plan", Principle.Coordination);
        if (await db.Set<ServicePoint>().AnyAsync(s => s.Id == command.Id, cancellationToken))
            return Nothing.Here;
        if (!await db.Set<Organisation>().AnyAsync(o => o.Id == command.OrganisationId, cancellationToken))
            return new Refusal("field.required").At("Organisation");
        var decision = ServiceRules.List(command, clock.Today());
        if (decision is not Decision<ServiceListed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(ServicePoint.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, null, change.Id.Value).With("service", change.Kind));
        return Nothing.Here;
    }
}

/// <summary>Says that a service was found alive today, or gone.</summary>
public sealed class CheckServicePoint(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ServiceId id, bool live, CancellationToken cancellationToken)
    {
        if (who.Actor.Kind != ActorKind.Staff || await db.Set<ServicePoint>().FirstOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } service)
            return new Refusal("service.not-found", Principle.Coordination);
        var decision = ServiceRules.Check(service, live, clock.Today());
        if (decision is not Decision<ServiceChecked>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        service.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, null, id.Value).With("live", live ? "yes" : "no"));
        return Nothing.Here;
    }
}
