using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>What is held under a receipt's code, in kinds: never an answer, so that a found or stolen slip tells no more than that somebody was asked.</summary>
public sealed record HeldUnderCode(ActivityId ActivityId, string Activity, string Organisation, int NoticeVersion, LegalBasis Basis, DateTimeOffset GivenAt)
{
    public ConsentState State { get; init; }

    /// <summary>The separate yeses that stand (IC-3).</summary>
    public IReadOnlyList<ConsentPart> Yeses { get; init; } = [];

    /// <summary>Names of the organisations that the yeses name.</summary>
    public IReadOnlyDictionary<OrganisationId, string> Organisations { get; init; } = new Dictionary<OrganisationId, string>();

    /// <summary>The last day on which the consent holds, where it lapses.</summary>
    public DateOnly? ExpiresOn { get; init; }

    public int Records { get; init; }
    public int SealedBoxes { get; init; }
    public DateOnly? KeptUntil { get; init; }

    /// <summary>Releases that may hold a row of this person. They are without identity, so nobody can say for certain which do.</summary>
    public IReadOnlyList<ReleasedTo> Releases { get; init; } = [];

    /// <summary>Withdrawn under a basis other than consent: no longer used, and kept until the person is told whether it must be.</summary>
    public bool WaitsForAnswer => State == ConsentState.Withdrawn && Basis != LegalBasis.Consent;
}

/// <summary>An organisation that received a release, and when it was decided.</summary>
public sealed record ReleasedTo(string Organisation, DateOnly On);

/// <summary>Finds what is held under the code of a receipt. Unknown and erased codes look alike: none. The reading is entered in the ledger.</summary>
public sealed class HeldByReceipt(AmanaDb db, ReceiptCodes receipts, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Who asks: the person, or staff for a person who brings the code.</param>
    /// <param name="typed">The code however it was typed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<HeldUnderCode?> Read(AccessContext who, string typed, CancellationToken cancellationToken)
    {
        var index = receipts.IndexOfTyped(typed);
        var consent = await db.Set<PersonConsent>().AsNoTracking().FirstOrDefaultAsync(c => c.ReceiptIndex == index, cancellationToken);
        if (consent is null)
            return null;
        var activity = await db.Set<Activity>().AsNoTracking().FirstAsync(a => a.Id == consent.ActivityId, cancellationToken);
        var notice = await db.Set<Notice>().AsNoTracking().FirstAsync(n => n.Id == consent.NoticeId, cancellationToken);
        var organisations = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        var held = new HeldUnderCode(activity.Id, activity.Title, organisations.GetValueOrDefault(activity.OrganisationId, ""), notice.Version, notice.Content.Basis, consent.GivenAt)
        {
            State = consent.StateAt(clock.Now()), Yeses = consent.Yeses, Organisations = organisations, ExpiresOn = consent.ExpiresOn, KeptUntil = activity.Retention?.KeptUntil(activity.Period),
            Records = await db.Set<RecordEntry>().CountAsync(r => r.PersonId == consent.PersonId, cancellationToken),
            SealedBoxes = await db.Set<PersonBox>().CountAsync(b => b.PersonId == consent.PersonId, cancellationToken),
            Releases = await Releases(consent, cancellationToken),
        };
        await ledger.Commit(who, cancellationToken, new Happening("HoldingsShown", activity.Id, consent.PersonId.Value));
        return held;
    }

    private async Task<List<ReleasedTo>> Releases(PersonConsent consent, CancellationToken cancellationToken)
    {
        // Once a part was withdrawn, what was shared before may still lie with others.
        var mayBeShared = consent.Yeses.Any(y => y.Ask == ConsentAsk.Sharing) || await db.Set<RightsRequest>().AnyAsync(r => r.PersonId == consent.PersonId, cancellationToken);
        return mayBeShared ? await Recipients.Of(db, consent.ActivityId, consent.GivenAt, null, cancellationToken) : [];
    }
}

/// <summary>Who received releases of an activity within a time.</summary>
internal static class Recipients
{
    public static async Task<List<ReleasedTo>> Of(AmanaDb db, ActivityId activity, DateTimeOffset? from, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var releases = await db.Set<Release>().AsNoTracking().Where(r => r.ActivityId == activity && r.State == ReleaseState.Approved).ToListAsync(cancellationToken);
        var names = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        return [.. releases.Where(r => (from is null || r.ProposedAt >= from) && (until is null || r.ProposedAt <= until)).OrderBy(r => r.DecidedAt)
            .Select(r => new ReleasedTo(names.GetValueOrDefault(r.RecipientId, ""), DateOnly.FromDateTime((r.DecidedAt ?? r.ProposedAt).UtcDateTime))).Distinct()];
    }
}
