using System.Text.Json;
using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>Somebody touched the person's data: when, what was done, in which role, for which need. Roles and no names: the person is told what kind of worker it was.</summary>
public sealed record Touched(DateTimeOffset At, string Kind, string Actor, TeamRole? Role, string? Need);

/// <summary>What a person is told of everything held under the code: what, why, on which basis, until when, who touched it, who received it, and what was asked and answered. No answer to a
/// question of the form is in it; those are given face to face, by someone who may open the record (proportion, SEC-4).</summary>
public sealed record AccessCopy(string Activity, int Number, string Organisation, DateTimeOffset MadeAt)
{
    public LocalText Purpose { get; init; } = LocalText.Empty;

    /// <summary>The needs that the person's consent covers, as questions.</summary>
    public IReadOnlyList<InformationNeed> Needs { get; init; } = [];

    /// <summary>The notice as the person heard it, in the language of then.</summary>
    public NoticeText? Notice { get; init; }

    public required PersonConsent Consent { get; init; }
    public ConsentState State { get; init; }
    public IReadOnlyDictionary<OrganisationId, string> Organisations { get; init; } = new Dictionary<OrganisationId, string>();
    public IReadOnlyList<DateOnly> Records { get; init; } = [];
    public int SealedBoxes { get; init; }
    public DateOnly? KeptUntil { get; init; }
    public IReadOnlyList<Touched> Touches { get; init; } = [];
    public IReadOnlyList<ReleasedTo> Releases { get; init; } = [];
    public IReadOnlyList<RightsRequest> Requests { get; init; } = [];
}

/// <summary>Makes the copy from records and ledger. Unknown and erased codes look alike: none. Making it is entered.</summary>
public sealed class AccessCopies(AmanaDb db, ReceiptCodes receipts, LedgerBook ledger, TimeProvider clock)
{
    private const int MostTouches = 500;

    public async Task<AccessCopy?> Read(AccessContext who, string typed, CancellationToken cancellationToken)
    {
        var index = receipts.IndexOfTyped(typed);
        if (await db.Set<PersonConsent>().AsNoTracking().FirstOrDefaultAsync(c => c.ReceiptIndex == index, cancellationToken) is not { } consent)
            return null;
        var activity = await db.Set<Activity>().AsNoTracking().FirstAsync(a => a.Id == consent.ActivityId, cancellationToken);
        var purpose = await db.Set<PurposeStatement>().AsNoTracking().FirstOrDefaultAsync(p => p.ActivityId == activity.Id, cancellationToken);
        var notice = await db.Set<Notice>().AsNoTracking().FirstAsync(n => n.Id == consent.NoticeId, cancellationToken);
        var organisations = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        var records = await db.Set<RecordEntry>().AsNoTracking().Where(r => r.PersonId == consent.PersonId).ToListAsync(cancellationToken);
        var now = clock.Now();
        var copy = new AccessCopy(activity.Title, activity.Number, organisations.GetValueOrDefault(activity.OrganisationId, ""), now)
        {
            Purpose = purpose?.Content.Statement ?? LocalText.Empty, Needs = [.. (purpose?.Content.Needs ?? []).Where(n => consent.CoversNeed(n.Code))],
            Notice = notice.Content.Texts.GetValueOrDefault(consent.Language) ?? notice.Content.Texts.Values.FirstOrDefault(), Consent = consent, State = consent.StateAt(now), Organisations = organisations,
            Records = [.. records.Select(r => DateOnly.FromDateTime(r.ReceivedAt.UtcDateTime)).Order()],
            SealedBoxes = await db.Set<PersonBox>().CountAsync(b => b.PersonId == consent.PersonId, cancellationToken), KeptUntil = activity.Retention?.KeptUntil(activity.Period),
            Touches = await TouchesOf(activity.Id, [consent.PersonId.Value, .. records.Select(r => r.Id.Value)], cancellationToken),
            Releases = await Recipients.Of(db, activity.Id, consent.GivenAt, null, cancellationToken),
            Requests = await db.Set<RightsRequest>().AsNoTracking().Where(r => r.PersonId == consent.PersonId).OrderBy(r => r.ReceivedAt).ToListAsync(cancellationToken),
        };
        await ledger.Commit(who, cancellationToken, new Happening("CopyGiven", activity.Id, consent.PersonId.Value).With("entries", copy.Touches.Count));
        return copy;
    }

    private async Task<List<Touched>> TouchesOf(ActivityId activity, IReadOnlyList<Guid> subjects, CancellationToken cancellationToken)
    {
        var entries = new List<LedgerEntry>();
        foreach (var id in subjects)
        {
            var subject = $"\"subject\":\"{id:D}\"";
            entries.AddRange(await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.ActivityId == activity && e.Canonical.Contains(subject)).OrderBy(e => e.At).Take(MostTouches).ToListAsync(cancellationToken));
        }

        var team = await db.Set<TeamMember>().AsNoTracking().Where(m => m.ActivityId == activity).ToListAsync(cancellationToken);
        return [.. entries.OrderBy(e => e.At).Select(e => Show(e, team))];
    }

    private static Touched Show(LedgerEntry entry, List<TeamMember> team)
    {
        var actor = entry.Actor.Split(':');
        var role = actor.Length > 1 && Guid.TryParse(actor[1], out var staff) ? team.Where(m => m.StaffId == new StaffId(staff)).Select(m => (TeamRole?)m.Role).FirstOrDefault() : null;
        using var json = JsonDocument.Parse(entry.Canonical);
        return new Touched(entry.At, entry.Kind, actor[0], role, json.RootElement.TryGetProperty("need", out var need) ? need.GetString() : null);
    }
}

/// <summary>Reads what was answered to a person's requests, with the code of the receipt. Whoever may have everything erased may read what they were told.</summary>
public sealed class AnswersByReceipt(Door door, AmanaDb db, ReceiptCodes receipts, Platform.Vault.Safe safe, LedgerBook ledger)
{
    public async Task<IReadOnlyList<(RightsRequest Request, Sensitive<string> Words)>> Read(AccessContext who, string typed, CancellationToken cancellationToken)
    {
        var index = receipts.IndexOfTyped(typed);
        if (await db.Set<PersonConsent>().AsNoTracking().FirstOrDefaultAsync(c => c.ReceiptIndex == index, cancellationToken) is not { } consent)
            return [];
        var requests = await db.Set<RightsRequest>().AsNoTracking().Where(r => r.PersonId == consent.PersonId).ToListAsync(cancellationToken);
        if (requests.All(r => r.AnswerBox.Length == 0))
            return [.. requests.OrderByDescending(r => r.ReceivedAt).Select(r => (r, new Sensitive<string>("")))];
        var passage = await door.Ask(who, Operation.Erase, consent.ActivityId, consent, consent.PersonId.Value, cancellationToken);
        if (!passage.IsDone)
            return [];
        var read = new List<(RightsRequest, Sensitive<string>)>();
        foreach (var request in requests.OrderByDescending(r => r.ReceivedAt))
            read.Add((request, new Sensitive<string>(request.AnswerBox.Length == 0 ? "" : await Open(who, passage.Result, request, cancellationToken))));
        return read;
    }

    private async Task<string> Open(AccessContext who, Passage passage, RightsRequest request, CancellationToken cancellationToken)
    {
        var place = AnswerRequest.PlaceOfAnswer(request.Id);
        var permit = await ledger.Disclose(who, passage.Answer, new Happening("AnswerRead", request.ActivityId, place).With("request", request.Id.Value.ToString("D")), cancellationToken);
        return System.Text.Encoding.UTF8.GetString(await safe.OpenFile(permit, request.ActivityId, place, request.AnswerBox, cancellationToken));
    }
}
