using Amana.Domain.Consent;
using Amana.Domain.Forms;

namespace Amana.Domain.Impartiality;

/// <summary>Compares, group by group, who says no to what is asked separately, and whom services decline (IMP-3, IC-3). Who refuses to take part leaves nothing but a count (IC-4), so of them no group is known.</summary>
internal static class RefusalsByGroup
{
    private static readonly HashSet<string> Statuses = new(StringComparer.OrdinalIgnoreCase) { "idp", "refugee", "asylum_seeker", "stateless", "returnee", "idp_returnee", "refugee_returnee", "resident", "host", "host_community", "foreign_national", "migrant" };

    public static IReadOnlyList<GroupRefusals> Of(IReadOnlyList<WatchedRecord> records, Counter counter)
    {
        var raw = (from what in Enum.GetValues<RefusedWhat>()
                   let asked = records.Select(r => (Record: r, Refused: Refused(r, what))).Where(x => x.Refused is not null).ToList()
                   where asked.Count >= BiasLimits.LeastRecords
                   from told in Enum.GetValues<GroupedBy>()
                   let groups = asked.GroupBy(x => GroupOf(x.Record, told)).Where(g => g.Key is not null).OrderBy(g => g.Key, StringComparer.Ordinal).ToList()
                   where groups.Count > 1
                   select (Exact: new GroupRefusals(what, told, [.. groups.Select(g => Share(g, BiasWatching.Exactly))], null), Told: new GroupRefusals(what, told, [.. groups.Select(g => Share(g, counter))], null))).ToList();
        var chances = raw.Select(r => (Refusals: r.Exact, r.Exact.Compared)).Where(r => r.Compared.Count > 1).Select(r =>
        {
            var (chi, degrees) = Chance.ChiSquare([.. r.Compared.Select(g => (IReadOnlyList<int>)[g.Refused, g.Asked - g.Refused])]);
            return (r.Refusals, Tail: Chance.ChiSquareTail(chi, degrees));
        }).ToList();
        var adjusted = Chance.BenjaminiHochberg([.. chances.Select(c => c.Tail)]);
        return [.. raw.Select(r => chances.FindIndex(c => c.Refusals == r.Exact) is >= 0 and var i ? r.Told with { Adjusted = adjusted[i] } : r.Told)];
    }

    private static RefusedShare Share(IGrouping<string?, (WatchedRecord Record, bool? Refused)> group, Counter counter)
    {
        var (asked, refused) = BiasWatching.Parts(counter, group, x => x.Fact == true);
        return new RefusedShare(group.Key!, asked, refused);
    }

    /// <summary>Whether it was refused; none where it was not asked.</summary>
    private static bool? Refused(WatchedRecord record, RefusedWhat what) => what == RefusedWhat.Service
        ? record.Declined
        : record.Form.Elements.FirstOrDefault(e => e.Ask == AskOf(what) && e.IsCoded && !e.Type.StartsWith("select_multiple", StringComparison.Ordinal) && record.Answers.ContainsKey(e.Path)) is { } asked
            ? !ConsentRules.IsYes(record.Answers[asked.Path]) : null;

    private static ConsentAsk AskOf(RefusedWhat what) => what switch
    {
        RefusedWhat.Sharing => ConsentAsk.Sharing,
        RefusedWhat.Recontact => ConsentAsk.Recontact,
        RefusedWhat.PhotoAudio => ConsentAsk.PhotoAudio,
        _ => ConsentAsk.Referral,
    };

    private static string? GroupOf(WatchedRecord record, GroupedBy by)
    {
        var strata = Strata.Of(record);
        return by switch
        {
            GroupedBy.Sex => strata.Female is { } female ? female ? "Female" : "Male" : null,
            GroupedBy.Age => strata.Child is not { } child ? null : child ? "0–17" : strata.Older == true ? "60+" : "18–59",
            GroupedBy.Disability => strata.Disabled is { } disabled ? disabled ? "With" : "Without" : null,
            _ => record.Form.Elements.FirstOrDefault(e => e.IsCoded && !e.Repeated && e.Choices.Count(c => Statuses.Contains(c.Code)) >= 2) is { } status
                && record.Answers.TryGetValue(status.Path, out var code) && Statuses.Contains(code) ? code.ToLowerInvariant() : null,
        };
    }
}
