using Amana.Domain.Activities;
using Amana.Domain.Analysis;
using Amana.Domain.Forms;

namespace Amana.Domain.Impartiality;

/// <summary>The groups of a plan that a record tells it belongs to, by sex, age and disability. Status, minority and the like are told by no common question, and stay unknown.</summary>
internal sealed record Strata(bool? Female, bool? Child, bool? Older, bool? Disabled)
{
    private static readonly HashSet<string> Women = new(StringComparer.OrdinalIgnoreCase) { "female", "f", "woman", "girl", "women", "femme", "mujer", "2" };
    private static readonly HashSet<string> Men = new(StringComparer.OrdinalIgnoreCase) { "male", "m", "man", "boy", "men", "homme", "hombre", "1" };

    public static Strata Of(WatchedRecord record)
    {
        var sex = SexOf(record);
        var age = record.Form.WithRole(ElementRole.Age) is { } element ? record.Answers.GetValueOrDefault(element.Path) : null;
        return new Strata(
            sex is null ? null : Women.Contains(sex) ? true : Men.Contains(sex) ? false : null,
            AgeBrackets.ChildOrAdult(age) is { } young ? young == "0–17" : null,
            AgeBrackets.Of(age) is { } bracket ? bracket == "60+" : null,
            WashingtonGroup.Of(record.Form, record.Answers) is { } disability ? disability == WashingtonGroup.With : null);
    }

    public static string? SexOf(WatchedRecord record) =>
        record.Form.WithRole(ElementRole.Sex) is { } element ? record.Answers.GetValueOrDefault(element.Path) : null;

    /// <summary>Whether it can be told of this record.</summary>
    public bool Knows(PopulationGroup group) => Belongs(group) is not null;

    public bool Has(PopulationGroup group) => Belongs(group) == true;

    private bool? Belongs(PopulationGroup group) => group switch
    {
        PopulationGroup.Women => Both(Female, !Child),
        PopulationGroup.Men => Both(!Female, !Child),
        PopulationGroup.Girls => Both(Female, Child),
        PopulationGroup.Boys => Both(!Female, Child),
        PopulationGroup.OlderPeople => Older,
        PopulationGroup.PeopleWithDisabilities => Disabled,
        _ => null,
    };

    private static bool? Both(bool? one, bool? other) => one is { } a && other is { } b ? a && b : null;
}

/// <summary>Finds records of one interviewer that are nearly the same: interviews that were perhaps never held.</summary>
internal static class Alikeness
{
    /// <summary>How many of the records agree with another on nearly all coded answers that both have.</summary>
    public static int Count(IReadOnlyList<WatchedRecord> records)
    {
        var vectors = records.Select(Vector).ToList();
        var alike = new bool[vectors.Count];
        for (var i = 0; i < vectors.Count; i++)
            for (var j = i + 1; j < vectors.Count; j++)
                if (!(alike[i] && alike[j]) && AreAlike(vectors[i], vectors[j]))
                    alike[i] = alike[j] = true;
        return alike.Count(a => a);
    }

    private static Dictionary<string, string> Vector(WatchedRecord record) => record.Form.Elements.Where(e => e.IsCoded && NeutralityReading.IsAskedOfPeople(e) && record.Answers.ContainsKey(e.Path))
        .DistinctBy(e => e.Path).ToDictionary(e => e.Path, e => record.Answers[e.Path], StringComparer.Ordinal);

    private static bool AreAlike(Dictionary<string, string> one, Dictionary<string, string> other)
    {
        var (shared, equal) = (0, 0);
        foreach (var (path, answer) in one)
            if (other.TryGetValue(path, out var its))
            {
                shared++;
                equal += answer == its ? 1 : 0;
            }

        return shared >= BiasLimits.LeastShared && equal >= shared * BiasLimits.Alike;
    }
}
