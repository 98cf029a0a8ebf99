using System.Globalization;
using Amana.Domain.Forms;

namespace Amana.Domain.Impartiality;

/// <summary>Counts records: exactly, or as their number may be told.</summary>
public delegate int Counter(IReadOnlyList<WatchedRecord> records);

/// <summary>Computes the measures of bias from coded answers (IMP-3). Pure; the records come through the door.</summary>
public static class BiasWatching
{
    /// <param name="records">Coded answers of all records in use, the newest last.</param>
    /// <param name="plan">The strata and how many records are planned of each.</param>
    /// <param name="refusals">People who said no.</param>
    public static BiasMeasures Of(IReadOnlyList<WatchedRecord> records, IReadOnlyList<ExpectedStratum> plan, int refusals)
    {
        var minutes = records.Select(Minutes).ToList();
        var median = Median(minutes.OfType<double>());
        return new BiasMeasures
        {
            Records = records.Count, Refusals = refusals, Coverage = Coverage(records, plan, Exactly), NonResponse = NonResponses(records, Exactly), Effects = Effects(records, Exactly),
            Interviewers = Paces(records, minutes, median), Heaping = Heapings(records, Exactly), MedianMinutes = median, RefusedBy = RefusalsByGroup.Of(records, Exactly),
        };
    }

    /// <summary>The measures as they may be told: the counts of groups as the counter makes them of their members. What is judged of chance stays as it was found.</summary>
    /// <param name="exact">The measures of the same records.</param>
    /// <param name="records">The records.</param>
    /// <param name="plan">The strata.</param>
    /// <param name="counter">Makes a count of records that may be told: the same of the same records, whichever table it is for.</param>
    public static BiasMeasures Told(BiasMeasures exact, IReadOnlyList<WatchedRecord> records, IReadOnlyList<ExpectedStratum> plan, Counter counter) => exact with
    {
        Coverage = Coverage(records, plan, counter), NonResponse = NonResponses(records, counter), Effects = Effects(records, counter), Heaping = Heapings(records, counter),
        RefusedBy = RefusalsByGroup.Of(records, counter),
    };

    internal static int Exactly(IReadOnlyList<WatchedRecord> records) => records.Count;

    private static List<StratumCoverage> Coverage(IReadOnlyList<WatchedRecord> records, IReadOnlyList<ExpectedStratum> plan, Counter counter)
    {
        var groups = plan.Count == 0 ? [] : records.Select(r => (Record: r, Strata: Strata.Of(r))).ToList();
        return [.. plan.Select(p => new StratumCoverage(p.Group, p.Planned, groups.Any(g => g.Strata.Knows(p.Group)) ? counter([.. groups.Where(g => g.Strata.Has(p.Group)).Select(g => g.Record)]) : null))];
    }

    private static List<NonResponse> NonResponses(IReadOnlyList<WatchedRecord> records, Counter counter)
    {
        var raw = new List<(NonResponse Found, double Chance)>();
        foreach (var (element, answers) in Answered(records))
        {
            var none = element.Choices.Where(NeutralityReading.IsNoAnswer).Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
            if (none.Count == 0)
                continue;
            var bySex = answers.GroupBy(a => Strata.SexOf(a.Record)).Where(g => g.Key is not null && g.Count() >= BiasLimits.LeastInterviews).ToList();
            var (chi, degrees) = bySex.Count > 1 ? Chance.ChiSquare([.. bySex.Select(g => (IReadOnlyList<int>)[g.Count(Without), g.Count(a => !Without(a))])]) : (0, 0);
            var shares = bySex.Count > 1 ? bySex.Select(Part).Select(p => p.None / (double)Math.Max(1, p.Of)).ToList() : [];
            var (of, some) = Part(answers);
            raw.Add((new NonResponse(element.Name, of, some, shares.Count == 0 ? null : shares.Min(), shares.Count == 0 ? null : shares.Max(), null), Chance.ChiSquareTail(chi, degrees)));

            bool Without((WatchedRecord Record, string Answer) a) => none.Contains(a.Answer);
            (int Of, int None) Part(IEnumerable<(WatchedRecord Record, string Answer)> group) => Parts(counter, group, Without);
        }

        var adjusted = Chance.BenjaminiHochberg([.. raw.Select(r => r.Chance)]);
        return [.. raw.Select((r, i) => r.Found with { Adjusted = r.Found.HighestShare is null ? null : adjusted[i] })];
    }

    private static List<InterviewerEffect> Effects(IReadOnlyList<WatchedRecord> records, Counter counter)
    {
        var raw = new List<(InterviewerEffect Found, double Chance)>();
        foreach (var (element, answers) in Answered(records))
        {
            var by = answers.GroupBy(a => a.Record.Interviewer).Where(g => g.Count() >= BiasLimits.LeastInterviews).ToList();
            if (by.Count < 2)
                continue;
            var counted = by.Sum(g => g.Count());
            // Rare answers are one answer together: chi-square wants about five expected in each cell.
            var common = by.SelectMany(g => g).GroupBy(a => a.Answer, StringComparer.Ordinal).Where(g => g.Count() >= counted * 0.05).Select(g => g.Key).ToList();
            var table = by.Select(g => (IReadOnlyList<int>)[.. common.Select(c => g.Count(a => a.Answer == c)), g.Count(a => !common.Contains(a.Answer, StringComparer.Ordinal))]).ToList();
            var (chi, degrees) = Chance.ChiSquare(table);
            if (degrees > 0)
                raw.Add((new InterviewerEffect(element.Name, by.Count, counter([.. by.SelectMany(g => g).Select(a => a.Record)]), chi, degrees, 1, Chance.IntraclassCorrelation(table)), Chance.ChiSquareTail(chi, degrees)));
        }

        var adjusted = Chance.BenjaminiHochberg([.. raw.Select(r => r.Chance)]);
        return [.. raw.Select((r, i) => r.Found with { Adjusted = adjusted[i] }).OrderBy(e => e.Adjusted)];
    }

    private static List<InterviewerPace> Paces(IReadOnlyList<WatchedRecord> records, List<double?> minutes, double? median)
    {
        var paces = new List<InterviewerPace>();
        foreach (var own in records.Select((r, i) => (Record: r, Minutes: minutes[i])).GroupBy(r => r.Record.Interviewer))
        {
            var compared = own.Select(r => r.Record).TakeLast(BiasLimits.MostCompared).ToList();
            paces.Add(new InterviewerPace(own.Key, own.Count(), Median(own.Select(r => r.Minutes).OfType<double>()),
                own.Count(r => r.Minutes < median * BiasLimits.FastShare), compared.Count, Alikeness.Count(compared)));
        }

        return [.. paces.OrderByDescending(p => p.Interviews)];
    }

    private static List<Heaping> Heapings(IReadOnlyList<WatchedRecord> records, Counter counter)
    {
        var numbers = from record in records
                      from element in record.Form.Elements
                      where !element.Computed && !element.Repeated && element.Type is "integer" or "int" or "range" or "decimal"
                      where record.Answers.ContainsKey(element.Path)
                      let isAge = element.Role == ElementRole.Age
                      where int.TryParse(record.Answers[element.Path], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (isAge ? number is >= 23 and <= 62 : number >= 10)
                      group (Record: record, Number: int.Parse(record.Answers[element.Path], CultureInfo.InvariantCulture)) by (element.Name, isAge);
        return [.. numbers.Where(g => g.Count() >= BiasLimits.LeastNumbers).Select(g => new Heaping(g.Key.Name, counter([.. g.Select(n => n.Record)]), 500.0 * g.Count(n => n.Number % 5 == 0) / g.Count(), g.Key.isAge))];
    }

    /// <summary>How many there are, and of them how many of a kind: never more than there are, however each is rounded.</summary>
    internal static (int Of, int Some) Parts<T>(Counter counter, IEnumerable<(WatchedRecord Record, T Fact)> all, Func<(WatchedRecord Record, T Fact), bool> some)
    {
        var members = all.ToList();
        var of = counter([.. members.Select(m => m.Record)]);
        return (of, Math.Min(of, counter([.. members.Where(some).Select(m => m.Record)])));
    }

    /// <summary>Every question with one answer out of choices, asked of people, with its answers.</summary>
    private static IEnumerable<(Element Element, List<(WatchedRecord Record, string Answer)> Answers)> Answered(IReadOnlyList<WatchedRecord> records)
    {
        var elements = records.Select(r => r.Form).DistinctBy(f => f.Id).SelectMany(f => f.Elements)
            .Where(e => e.IsCoded && !e.Repeated && NeutralityReading.IsAskedOfPeople(e) && !e.Type.StartsWith("select_multiple", StringComparison.Ordinal) && e.Type is not ("select" or "rank")).DistinctBy(e => e.Path);
        foreach (var element in elements)
        {
            var answers = records.Where(r => r.Answers.ContainsKey(element.Path)).Select(r => (r, r.Answers[element.Path])).ToList();
            if (answers.Count >= BiasLimits.LeastRecords)
                yield return (element, answers);
        }
    }

    private static double? Minutes(WatchedRecord record) =>
        At(record, "start") is { } start && At(record, "end") is { } end && end > start ? (end - start).TotalMinutes : null;

    private static DateTimeOffset? At(WatchedRecord record, string type) =>
        record.Form.Elements.FirstOrDefault(e => e.Computed && e.Type == type) is { } element && record.Answers.TryGetValue(element.Path, out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
