using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Principles;

/// <summary>What one rule misses in one activity, with who is to mend it and by when.</summary>
/// <param name="Number">The activity's number.</param>
/// <param name="Activity">Its title.</param>
/// <param name="Findings">The gaps of the rule, one or more.</param>
/// <param name="Since">Since when the rule answers so; none when the house has not noted it yet.</param>
/// <param name="Owner">Who was asked to mend it; else the activity's lead where the lead is the one to mend it; else nobody by name.</param>
/// <param name="DueOn">The day that was asked for, else the day on which the rule lapses, else the operation's limit for findings from the day on which it was noted.</param>
public sealed record OpenFinding(int Number, string Activity, IReadOnlyList<Finding> Findings, DateTimeOffset? Since, string? Owner, DateOnly? DueOn)
{
    public Rule Rule => Findings[0].Rule;
    public RuleState State => Findings[0].State;

    public bool IsLate(DateOnly today) => DueOn < today;
}

/// <summary>One activity as it accounts for itself: how its rules answer, and counts.</summary>
public sealed record AccountedActivity(Activity Activity, string Organisation, IReadOnlyList<RuleAnswer> Answers, CollectionState Collection, int OpenRequests, int OpenIncidents, int Releases);

/// <summary>The account of the whole operation, as far as the reader may see it: every open finding, the late ones first, and every activity with its counts. Holds nothing about people.</summary>
public sealed record OperationAccount(IReadOnlyList<OpenFinding> Findings, IReadOnlyList<AccountedActivity> Activities, DateOnly Today, LedgerStanding Ledger);

/// <summary>Reads it. Activities that are closed are accounted for and have no findings but those that a closed one can have.</summary>
public sealed class OperationAccounts(AmanaDb db, ActivityReader activities, ReportProof proof, TimeProvider clock)
{
    /// <summary>Activities judged at once.</summary>
    private const int Share = 40;

    public async Task<OperationAccount> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var readable = (await ActivityBoard.Readable(db, who, cancellationToken)).OrderBy(a => a.Number).ToList();
        var (findings, accounts) = (new List<OpenFinding>(), new List<AccountedActivity>());
        foreach (var share in readable.Chunk(Share))
            await Add(share, findings, accounts, cancellationToken);
        var today = clock.Today();
        return new OperationAccount([.. findings.OrderByDescending(f => f.IsLate(today)).ThenBy(f => f.State == RuleState.NotMet ? 0 : 1).ThenBy(f => f.DueOn ?? DateOnly.MaxValue).ThenBy(f => f.Number)],
            accounts, today, await proof.OfAll(cancellationToken));
    }

    private async Task Add(Activity[] share, List<OpenFinding> findings, List<AccountedActivity> accounts, CancellationToken cancellationToken)
    {
        var ids = share.Select(a => a.Id).ToList();
        var states = await activities.Snapshots(ids, cancellationToken);
        var asked = (await db.Set<MendRequest>().AsNoTracking().Where(r => ids.Contains(r.ActivityId)).ToListAsync(cancellationToken)).ToDictionary(r => (r.ActivityId, r.Rule));
        var history = (await db.Set<RuleStanding>().AsNoTracking().Where(r => ids.Contains(r.ActivityId)).OrderByDescending(r => r.Since).ToListAsync(cancellationToken)).ToLookup(r => r.ActivityId);
        var owners = share.Select(a => a.LeadId).Concat(asked.Values.Select(r => r.OwnerId)).Distinct().ToList();
        var names = await db.Set<StaffMember>().Where(s => owners.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken);
        foreach (var s in share.Where(a => states.ContainsKey(a.Id)).Select(a => states[a.Id]))
        {
            var answers = Catalogue.Evaluate(s);
            var noted = new RuleHistory([.. history[s.Activity.Id]], []);
            accounts.Add(new AccountedActivity(s.Activity, s.Organisations.FirstOrDefault(o => o.Id == s.Activity.OrganisationId)?.ShortName ?? "", answers, s.Collection,
                s.Requests.Count(r => r.DoneAt is null), s.Incidents.Count(i => i.ClosedAt is null), s.Releases.Count(r => r.State == Domain.Sharing.ReleaseState.Approved)));
            findings.AddRange(Attention.Now(s, answers).GroupBy(f => f.Rule.Id, StringComparer.Ordinal)
                .Select(g => Open(s, [.. g], noted.Since(answers.First(a => a.Rule.Id == g.Key)), asked.GetValueOrDefault((s.Activity.Id, g.Key)), names)));
        }
    }

    private static OpenFinding Open(ActivitySnapshot s, IReadOnlyList<Finding> gaps, DateTimeOffset? since, MendRequest? asked, Dictionary<StaffId, string> names)
    {
        StaffId? owner = asked?.OwnerId ?? (gaps[0].Gap.Mend?.Who == Mender.ActivityLead ? s.Activity.LeadId : null);
        var limit = since is { } at && gaps[0].State == RuleState.NotMet ? DateOnly.FromDateTime(at.UtcDateTime).AddDays(s.Limits.FindingDays) : (DateOnly?)null;
        return new OpenFinding(s.Activity.Number, s.Activity.Title, gaps, since, owner is { } id ? names.GetValueOrDefault(id) : null, asked?.DueOn ?? gaps[0].DueOn ?? limit);
    }
}
