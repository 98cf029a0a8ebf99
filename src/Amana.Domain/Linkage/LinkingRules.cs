using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Linkage;

/// <summary>Comparing people across records (<c>Link</c>). Whether the actor may, whether the cited need is of the purpose, and every rule that guards linking, the gate says for each of the two activities; here stands
/// whose records may be compared, by which questions, and who decides about a pair.</summary>
public static class LinkingRules
{
    /// <summary>Most records of one activity in one search: they are compared in memory.</summary>
    public const int MostRecords = 20_000;

    /// <summary>Pairs from this probability on are shown, in percent.</summary>
    public const int LeastPercent = 50;

    private static readonly string[] Codes = ["phone", "number", "_no", "card", "passport", "_id", "code"];

    /// <summary>True for somebody whose consent stands now and covers the cited need; and who, where the other activity is another organisation's, said yes to sharing with that very organisation.</summary>
    public static bool MayCompare(PersonConsent consent, string need, DateTimeOffset? compatibleBefore, OrganisationId? other, DateTimeOffset now) =>
        consent.StandsAt(now) && consent.Carries(need, compatibleBefore) && (other is not { } organisation || consent.Permits(ConsentPart.SharingWith(organisation), now));

    /// <summary>Between two organisations records are compared only under an agreement in force that covers records, on either side (SEC-8).</summary>
    public static Refusal? Uncovered(ActivitySnapshot activity, OrganisationId other) => other == activity.Activity.OrganisationId ? null
        : AgreementRules.Uncovered(activity.Agreements, activity.Organisations, other, SharingDetail.DeidentifiedRecords, activity.Today);

    /// <summary>Questions that both forms ask under one name and that tell people apart, with how they are compared.</summary>
    public static IReadOnlyList<(string Question, CompareAs As)> InCommon(IEnumerable<Element> left, IEnumerable<Element> right)
    {
        var others = right.Where(TellsApart).ToDictionaryByName();
        return [.. left.Where(TellsApart).DistinctBy(e => e.Name, StringComparer.Ordinal).Where(e => others.TryGetValue(e.Name, out var o) && o.IsCoded == e.IsCoded).Select(e => (e.Name, Kind(e)))];
    }

    /// <summary>At least two questions, one of them a name, a date or a code: sex and district alone make everybody a match.</summary>
    public static Refusal? TooFew(IReadOnlyCollection<(string Question, CompareAs As)> fields) =>
        fields.Count >= 2 && fields.Any(f => f.As is CompareAs.Name or CompareAs.Date or CompareAs.Code) ? null : new Refusal("linking.too-few-questions", Principle.DoNoHarm).At("Questions");

    public static MatchFound Found(LikelyMatchId id, MatchSide left, MatchSide right, int percent, IReadOnlyList<MatchReason> because, StaffId by, DateTimeOffset now) =>
        new() { Id = id, Left = left, Right = right, Percent = percent, Because = because, By = by, At = now };

    /// <summary>A second person decides, who looked at both records: whoever searched does not decide (IMP-5). A decision can be changed, with an entry of its own.</summary>
    public static Decision<MatchDecided> Decide(LikelyMatch match, bool same, StaffId by, DateTimeOffset now) =>
        match.FoundBy == by
            ? new Refusal("linking.decided-by-finder", Principle.Impartiality).With("rule", "IMP-5").MendedBy(Mender.SomeoneElse, MendPage.Linking)
            : new MatchDecided { State = same ? MatchState.SamePerson : MatchState.NotTheSame, By = by, At = now };

    private static bool TellsApart(Element e) => e.Ask is null && !e.Computed && (e.Sensitivity is Sensitivity.Identifier or Sensitivity.QuasiIdentifier)
        && e.Type is "text" or "string" or "date" or "integer" or "decimal" or "select_one" or "barcode"
        && e.Role is not (ElementRole.ReceiptCode or ElementRole.Interviewer or ElementRole.InterviewDate or ElementRole.NoticeLanguage);

    private static CompareAs Kind(Element e) => e.Type == "date" ? CompareAs.Date
        : e.Type == "barcode" || (!e.IsCoded && Codes.Any(c => e.Name.Contains(c, StringComparison.OrdinalIgnoreCase))) ? CompareAs.Code
        : e.IsCoded ? CompareAs.Choice : e.Type is "integer" or "decimal" ? CompareAs.Number : CompareAs.Name;

    private static Dictionary<string, Element> ToDictionaryByName(this IEnumerable<Element> elements) => elements.DistinctBy(e => e.Name, StringComparer.Ordinal).ToDictionary(e => e.Name, StringComparer.Ordinal);
}
