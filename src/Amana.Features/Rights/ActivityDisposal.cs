using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Capture;
using Amana.Domain.Forms;
using Amana.Domain.Participation;
using Amana.Domain.People;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>Disposes of everything that an activity holds about people, as its last step or because its retention date has passed, in one run: all or nothing. What remains is its plan, its counts and its ledger.</summary>
public sealed class ActivityDisposal(AmanaDb db, ErasureRun erasure, IEnumerable<IErasesActivities> ends, ActivityKeys keys, LedgerBell bell, TimeProvider clock)
{
    /// <param name="who">Who confirmed it.</param>
    /// <param name="s">The activity as it stands, tracked.</param>
    /// <param name="closed">The gate's yes to the last step; none when only the data goes.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the run, which then has disposed of nothing.</param>
    public async Task<CertificateId> Run(AccessContext who, ActivitySnapshot s, StepEntered? closed, DisposalReason reason, CancellationToken cancellationToken)
    {
        var activity = s.Activity.Id;
        var people = await db.Set<Person>().Where(p => p.ActivityId == activity).Select(p => p.Id).ToListAsync(cancellationToken);
        var phones = await db.Set<AppUser>().Where(a => a.ActivityId == activity && a.RevokedAt == null).ToListAsync(cancellationToken);
        var links = await db.Set<FormLink>().Where(l => l.ActivityId == activity && l.RevokedAt == null).ToListAsync(cancellationToken);
        var held = await db.Set<QuarantinedSubmission>().Where(q => q.ActivityId == activity && q.State == QuarantineState.Waiting).ToListAsync(cancellationToken);
        var id = Ids.New<CertificateId>(clock);
        var files = 0;
        var end = new ActivityEnd(activity, async (store, ct) =>
        {
            foreach (var remains in ends)
                files += await remains.Erase(store, activity, ct);
        });
        await erasure.Run(who, people, end, erased =>
        {
            List<Happening> happenings = closed is null ? [] : [Closed(s, closed)];
            happenings.AddRange(s.Forms.Select(f => Close(f, activity)).OfType<Happening>());
            happenings.AddRange(phones.Select(p => Revoke(p, activity)).OfType<Happening>());
            happenings.AddRange(links.Select(l => Revoke(l, activity)).OfType<Happening>());
            happenings.AddRange(held.Select(q => Destroy(q, who)).OfType<Happening>());
            var words = RemoveWords(s.Feedback);
            var disposed = RightsRules.Dispose(id, activity, reason, erased.People, erased.Records, erased.Boxes, erased.EndedEpoch, who.Actor.StaffId, clock.Now());
            db.Add(DisposalCertificate.Of(disposed));
            happenings.AddRange(s.Requests.Select(r => Serve(r, disposed)).OfType<Happening>());
            happenings.Add(Disposal.Of(disposed).With("refusals", s.Collection.Refusals).With("quarantined", held.Count).With("files", files).With("words", words)
                .With("plan", (s.Activity.Retention?.Then ?? AfterRetention.Destroy).ToString()));
            return [.. happenings.Select(h => LedgerEntry.Of(h, who, Ids.NewGuid(clock), clock.Now()))];
        }, cancellationToken);
        keys.Forget(activity.Value);
        bell.Ring();
        return id;
    }

    private static Happening Closed(ActivitySnapshot s, StepEntered closed)
    {
        s.Activity.Apply(closed);
        return Happening.Of(closed, s.Activity.Id).With("answer", "allowed").With("step", closed.Step.ToString());
    }

    private static Happening? Close(FormVersion form, ActivityId activity)
    {
        if (FormRules.Close(form) is not Decision<FormClosed>.Allowed(var change))
            return null;
        form.Apply(change);
        return Happening.Of(change, activity, form.Id.Value);
    }

    private Happening? Revoke(AppUser phone, ActivityId activity)
    {
        if (AccountRules.Revoke(phone, clock.Now()) is not Decision<AppUserRevoked>.Allowed(var change))
            return null;
        phone.Apply(change);
        return Happening.Of(change, activity, phone.Id.Value);
    }

    private Happening? Revoke(FormLink link, ActivityId activity)
    {
        if (CaptureRules.Revoke(link, clock.Now()) is not Decision<FormLinkRevoked>.Allowed(var change))
            return null;
        link.Apply(change);
        return Happening.Of(change, activity, link.Id.Value);
    }

    private Happening? Destroy(QuarantinedSubmission held, AccessContext who)
    {
        if (RecordRules.Dispose(held, who.Actor.StaffId ?? default, clock.Now()) is not Decision<QuarantineDecided>.Allowed(var change))
            return null;
        held.Apply(change);
        return Happening.Of(change, held.ActivityId, held.Id.Value).With("state", change.State.ToString());
    }

    private static int RemoveWords(IReadOnlyList<Feedback> feedback)
    {
        var spoken = feedback.Where(f => f.WordsBox.Length > 0).ToList();
        foreach (var one in spoken)
            one.Apply(ParticipationRules.RemoveWords());
        return spoken.Count;
    }

    private static Happening? Serve(RightsRequest request, DataDisposed disposed)
    {
        if (RightsRules.Serve(request, disposed.Id, disposed.At) is not Decision<RightServed>.Allowed(var change))
            return null;
        request.Apply(change);
        return Happening.Of(change, disposed.ActivityId, request.Id.Value).With("certificate", disposed.Id.Value.ToString("D"));
    }
}
