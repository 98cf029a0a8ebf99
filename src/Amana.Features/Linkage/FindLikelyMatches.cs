using Amana.Domain.Consent;
using Amana.Domain.Linkage;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Records;
using Amana.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Linkage;

/// <summary>What is to be compared: an activity with itself or with another one, each for a need of its own purpose, by questions that both ask.</summary>
public sealed record LinkingSearch(ActivityId Left, string? LeftNeed, ActivityId Right, string? RightNeed, IReadOnlyList<string> Questions);

/// <summary>What a search did.</summary>
/// <param name="LeftRecords">Records compared here.</param>
/// <param name="RightRecords">Records compared there; the same where an activity is compared with itself.</param>
/// <param name="LeftOut">Records that were not touched: their people did not agree to it.</param>
/// <param name="Found">Pairs that are new.</param>
public sealed record LinkingDone(int LeftRecords, int RightRecords, int LeftOut, int Found);

/// <summary>Searches for records that may be of one person (<c>Link</c>). The gate is asked for both activities; whoever did not agree is left out; how many records are read for it is entered before they are opened; what
/// is kept of each pair is codes and levels of agreement. Nobody sees an answer by it, and nothing is merged.</summary>
public sealed class FindLikelyMatches(Door door, LinkingReader reader, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<LinkingDone>> Handle(AccessContext who, LinkingSearch search, CancellationToken cancellationToken)
    {
        var sides = new List<LinkingSide>();
        foreach (var (activity, need) in new[] { (search.Left, search.LeftNeed), (search.Right, search.RightNeed) }.Distinct())
        {
            var passage = await door.Ask(who.Citing(need), new GateRequest(who.Actor, Operation.Link, need), activity, null, cancellationToken);
            if (!passage.IsDone)
                return Outcome<LinkingDone>.RefusedBy(passage.Refusals);
            sides.Add(new LinkingSide(passage.Result, need!));
        }

        var (left, right) = (sides[0], sides[^1]);
        var fields = LinkingRules.InCommon(left.State.Elements, right.State.Elements).Where(f => search.Questions.Contains(f.Question, StringComparer.Ordinal)).ToList();
        if ((LinkingRules.Uncovered(left.State, right.Organisation) ?? LinkingRules.Uncovered(right.State, left.Organisation) ?? LinkingRules.TooFew(fields)) is { } refusal)
            return refusal;
        var leftOut = 0;
        foreach (var side in sides)
        {
            var other = side == left ? right : left;
            leftOut += await reader.Choose(side, other.Organisation == side.Organisation ? null : other.Organisation, clock.Now(), cancellationToken);
            if (side.Records.Count > LinkingRules.MostRecords)
                return new Refusal("linking.too-many", Principle.DataProtection).With("max", LinkingRules.MostRecords.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (await door.InBulk(who, Operation.Link, side.State.Activity.Id, side.Records.Count, cancellationToken) is { } spent)
                return spent;
        }

        foreach (var side in sides)
        {
            var entry = new Happening("RecordsCompared", side.State.Activity.Id).With("people", side.Records.Count).With("with", (side == left ? right : left).State.Activity.Id.Value.ToString("N"))
                .With("questions", string.Join(' ', fields.Select(f => f.Question)));
            await reader.Open(await ledger.Disclose(who.Citing(side.Need), side.Passage.Answer, entry, cancellationToken), side, [.. fields.Select(f => f.Question)], cancellationToken);
        }

        var found = await Keep(who, left, right, Compare(left, right, fields), cancellationToken);
        return new LinkingDone(left.Records.Count, right.Records.Count, leftOut, found);
    }

    private static IReadOnlyList<ScoredPair> Compare(LinkingSide left, LinkingSide right, IReadOnlyList<(string, CompareAs)> fields)
    {
        var options = new LinkOptions { ReviewFrom = LinkingRules.LeastPercent / 100.0 };
        var model = LinkingWeights.Of(fields, Math.Max(left.Rows.Count, right.Rows.Count));
        var result = left == right ? Linker.Deduplicate(model, left.Rows, options) : Linker.Link(model, left.Rows, right.Rows, options);
        return result.Pairs;
    }

    /// <summary>Keeps the pairs that are not known yet; what somebody decided before stays decided.</summary>
    private async Task<int> Keep(AccessContext who, LinkingSide left, LinkingSide right, IReadOnlyList<ScoredPair> pairs, CancellationToken cancellationToken)
    {
        var (here, there) = (left.State.Activity.Id, right.State.Activity.Id);
        var known = (await db.Set<LikelyMatch>().AsNoTracking().Where(m => (m.LeftActivity == here && m.RightActivity == there) || (m.LeftActivity == there && m.RightActivity == here))
            .Select(m => new { m.LeftRecord, m.RightRecord }).ToListAsync(cancellationToken)).SelectMany(m => new[] { (m.LeftRecord, m.RightRecord), (m.RightRecord, m.LeftRecord) }).ToHashSet();
        var (ofLeft, ofRight) = (left.Records.ToDictionary(r => r.Code, StringComparer.Ordinal), right.Records.ToDictionary(r => r.Code, StringComparer.Ordinal));
        var found = 0;
        foreach (var pair in pairs)
        {
            var (a, b) = (ofLeft[pair.Left], ofRight[pair.Right]);
            if (a.PersonId == b.PersonId || known.Contains((a.Id, b.Id)))
                continue;
            db.Add(LikelyMatch.Of(LinkingRules.Found(Ids.New<LikelyMatchId>(clock), new MatchSide(here, a.Id, a.PersonId), new MatchSide(there, b.Id, b.PersonId), (int)Math.Floor(pair.Probability * 100),
                [.. pair.Because.Select(x => new MatchReason(x.Field, x.Level))], who.Actor.StaffId!.Value, clock.Now())));
            found++;
        }

        await ledger.Commit(who, cancellationToken, new Happening(nameof(MatchFound), here).With("pairs", found).With("with", there.Value.ToString("N")));
        return found;
    }
}

/// <summary>One activity of a search: the gate's yes, the need cited, the records of those who agreed, and their answers while it lasts.</summary>
public sealed class LinkingSide(Passage passage, string need)
{
    public Passage Passage => passage;
    public ActivitySnapshot State => passage.Activity;
    public OrganisationId Organisation => State.Activity.OrganisationId;
    public string Need => need;
    internal List<RecordEntry> Records { get; } = [];
    internal List<LinkRecord> Rows { get; } = [];
}

/// <summary>Chooses and opens the records of a search.</summary>
public sealed class LinkingReader(AmanaDb db, Safe safe)
{
    /// <summary>Takes in the records of those who may be compared; how many were left out.</summary>
    internal async Task<int> Choose(LinkingSide side, OrganisationId? other, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var activity = side.State.Activity.Id;
        var all = await db.Set<RecordEntry>().AsNoTracking().Where(r => r.ActivityId == activity && r.State == RecordState.InUse)
            .Join(db.Set<PersonConsent>().AsNoTracking(), r => r.ConsentId, c => c.Id, (r, c) => new { Record = r, Consent = c }).ToListAsync(cancellationToken);
        var compatible = side.State.Purpose?.CompatibleBefore(side.Need, side.State.Today);
        side.Records.AddRange(all.Where(x => LinkingRules.MayCompare(x.Consent, side.Need, compatible, other, now)).Select(x => x.Record).OrderBy(r => r.Id.Value));
        return all.Count - side.Records.Count;
    }

    /// <summary>Reads the chosen questions of the chosen records; everything else that the boxes hold is dropped at once.</summary>
    internal async Task Open(DisclosurePermit permit, LinkingSide side, HashSet<string> questions, CancellationToken cancellationToken)
    {
        var names = side.State.Forms.SelectMany(f => f.Elements).DistinctBy(e => e.Path, StringComparer.Ordinal).ToDictionary(e => e.Path, e => e.Name, StringComparer.Ordinal);
        foreach (var chunk in side.Records.Chunk(500))
        {
            var ids = chunk.Select(r => r.Id).ToList();
            var boxes = (await db.Set<PersonBox>().AsNoTracking().Where(b => ids.Contains(b.RecordId) && b.Compartment != Compartment.Files).ToListAsync(cancellationToken)).ToLookup(b => b.RecordId);
            foreach (var record in chunk)
            {
                var answers = KeptAnswer.Read(await safe.OpenCoded(permit, record, cancellationToken)).ToList();
                foreach (var box in boxes[record.Id].Where(b => b.Version == record.Version))
                    answers.AddRange(KeptAnswer.Read(await safe.OpenForLinking(permit, record, box, cancellationToken)));
                side.Rows.Add(new LinkRecord(record.Code, answers.Where(a => names.TryGetValue(a.ElementPath, out var name) && questions.Contains(name))
                    .GroupBy(a => names[a.ElementPath], StringComparer.Ordinal).ToDictionary(g => g.Key, g => (string?)g.First().V, StringComparer.Ordinal)));
            }
        }
    }
}
