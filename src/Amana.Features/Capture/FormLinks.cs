using Amana.Domain.Accounts;
using Amana.Domain.Capture;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Capture;

/// <summary>A link as it is shown once, to be handed on.</summary>
public sealed record MadeFormLink(FormLinkId Id, string Token);

/// <summary>What a new link is to be.</summary>
public sealed record NewFormLink(string FormId, string Label, FormLinkUse Use, StaffId HeldBy, int Days);

/// <summary>Makes a link under which a form is filled without an account, held by a member of the team. Its token is shown once and only its hash is kept.</summary>
public sealed class MakeFormLink(Door door, AmanaDb db, MakeSealingKey keys, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<MadeFormLink>> Handle(AccessContext who, ActivityId activity, NewFormLink link, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<MadeFormLink>.RefusedBy(loaded.Refusals);
        if (!loaded.Result.Team.Any(t => t.Member.StaffId == link.HeldBy && t.Member.EndedAt is null))
            return new Refusal("form-link.holder-not-on-team", Principle.Competency).At("HeldBy").MendedBy(Mender.ActivityLead, MendPage.Team);
        if (!loaded.Result.Forms.Any(f => f.State == FormState.Published && f.FormId == link.FormId))
            return new Refusal("form-link.form-not-published").At("FormId").MendedBy(Mender.ActivityLead, MendPage.Form);
        var now = clock.Now();
        var token = AddressTokens.New();
        var command = new MakeLink(Ids.New<FormLinkId>(clock), link.FormId, link.Label, link.Use, AddressTokens.HashOf(token), link.HeldBy, now.AddDays(Math.Clamp(link.Days, -1, CaptureRules.MaxDays + 1)));
        var decision = CaptureRules.Make(command, loaded.Result.Activity, now);
        if (decision is not Decision<FormLinkMade>.Allowed(var change))
            return Outcome<MadeFormLink>.RefusedBy(decision.Refusals);
        var key = await keys.Handle(who, loaded.Result.Activity, cancellationToken);
        if (!key.IsDone)
            return Outcome<MadeFormLink>.RefusedBy(key.Refusals);
        db.Add(FormLink.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.Id.Value).With("use", change.Use.ToString()).With("days", link.Days));
        return new MadeFormLink(change.Id, token);
    }
}

/// <summary>Revokes a link at once: handed to the wrong person, or no longer needed.</summary>
public sealed class RevokeFormLink(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FormLinkId id, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (await db.Set<FormLink>().FirstOrDefaultAsync(l => l.Id == id && l.ActivityId == activity, cancellationToken) is not { } link)
            return new Refusal("form-link.not-found");
        var decision = CaptureRules.Revoke(link, clock.Now());
        if (decision is not Decision<FormLinkRevoked>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        link.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id.Value));
        return Nothing.Here;
    }
}

/// <summary>The links of an activity, newest first, for those who may plan it; tokens are never among it.</summary>
public sealed class FormLinkList(Door door, AmanaDb db)
{
    public async Task<Outcome<IReadOnlyList<FormLink>>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        return loaded.IsDone
            ? await db.Set<FormLink>().AsNoTracking().Where(l => l.ActivityId == activity).OrderByDescending(l => l.MadeAt).ToListAsync(cancellationToken)
            : Outcome<IReadOnlyList<FormLink>>.RefusedBy(loaded.Refusals);
    }
}

/// <summary>Who stands behind a link.</summary>
/// <param name="Link">The link.</param>
/// <param name="Who">Its holder, as the one who collects; a link acts like a phone.</param>
/// <param name="Opens">Whether the form still opens under it; records that were finished before may come a while longer.</param>
public sealed record LinkCaller(FormLink Link, AccessContext Who, bool Opens);

/// <summary>Finds who stands behind a link's token.</summary>
public sealed class FormLinkByToken(AmanaDb db, TimeProvider clock)
{
    /// <summary>The link and its holder; none for an unknown or revoked token and for one whose time is over: they all look alike from outside.</summary>
    public async Task<LinkCaller?> Read(string token, CancellationToken cancellationToken)
    {
        var hash = AddressTokens.HashOf(token);
        var link = await db.Set<FormLink>().AsNoTracking().FirstOrDefaultAsync(l => l.TokenHash == hash && l.RevokedAt == null, cancellationToken);
        if (link is null || !CaptureRules.Takes(link, clock.Now()))
            return null;
        var holder = await db.Set<StaffMember>().AsNoTracking().FirstAsync(s => s.Id == link.HeldBy, cancellationToken);
        return new LinkCaller(link, new AccessContext(new Actor(ActorKind.Phone, holder.Id, holder.OrganisationId, [])), CaptureRules.Opens(link, clock.Now()));
    }
}
