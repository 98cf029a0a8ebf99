using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Activities;

/// <summary>How much an existing activity overlaps with a planned one, from 0 to 100, with the parts that made the score.</summary>
public sealed record OverlapScore(int Category, int Place, int Population, int Period)
{
    /// <summary>Added when forms ask the same: up to 20, for the share of the planned form's own questions that the other form asks too.</summary>
    public int Elements { get; init; }

    /// <summary>Category and place weigh 30 each, population and period 20 each; the same questions add up to 20, and 100 is the most.</summary>
    public int Total => Math.Min(100, Category + Place + Population + Period + Elements);

    /// <summary>The same comparison, with what both forms ask by the same name.</summary>
    public OverlapScore Asking(IReadOnlyCollection<string> planned, IReadOnlyCollection<string> shared) => this with { Elements = planned.Count == 0 ? 0 : 20 * shared.Count / planned.Count };

    /// <summary>Compares two activities by what the registry holds about them (CO-1).</summary>
    public static OverlapScore Between(Activity planned, Activity existing)
    {
        var category = planned.Category == existing.Category ? 30 : 0;
        var place = PlaceScore(planned.Place.Code, existing.Place.Code);
        var shared = planned.Population.Intersect(existing.Population).Count();
        var population = planned.Population.Count == 0 ? 0 : 20 * shared / planned.Population.Count;
        var period = 20 * planned.Period.SharedDays(existing.Period) / Math.Max(1, planned.Period.Days);
        return new OverlapScore(category, place, population, period);
    }

    /// <summary>Same code 30; one registered as the beginning of the other 20. Codes that do not nest simply do not match.</summary>
    private static int PlaceScore(string a, string b) =>
        string.Equals(a, b, StringComparison.OrdinalIgnoreCase) ? 30
        : a.Length >= 2 && b.Length >= 2 && Activities.Place.Nest(a, b) ? 20
        : 0;
}

/// <summary>The search of the registry before Design, and the answer to each overlap found (CO-1).</summary>
public sealed class OverlapReview
{
    private OverlapReview() { }

    public ActivityId ActivityId { get; private set; }
    public DateTimeOffset SearchedAt { get; private set; }
    public StaffId SearchedBy { get; private set; }
    public IReadOnlyList<FoundOverlap> Found { get; private set; } = [];

    public IEnumerable<FoundOverlap> Unanswered => Found.Where(f => f.Answer is null);

    public static OverlapReview Of(RegistrySearched change)
    {
        var review = new OverlapReview { ActivityId = change.ActivityId };
        review.Apply(change);
        return review;
    }

    public void Apply(RegistrySearched change)
    {
        SearchedAt = change.At;
        SearchedBy = change.By;
        Found = [.. change.Found.Select(f => Found.FirstOrDefault(old => old.OtherId == f.OtherId && old.Answer is not null) is { } kept ? f with { Answer = kept.Answer, Reason = kept.Reason } : f)];
    }

    public void Apply(OverlapAnswered change) =>
        Found = [.. Found.Select(f => f.OtherId == change.OtherId ? f with { Answer = change.Answer, Reason = change.Reason } : f)];
}

/// <summary>One overlap found, with its score and how it was answered.</summary>
public sealed record FoundOverlap(ActivityId OtherId, int OtherNumber, string OtherTitle, OverlapScore Score)
{
    /// <summary>Names of the questions that both forms ask, beyond consent and what tells people apart.</summary>
    public IReadOnlyList<string> SharedElements { get; init; } = [];

    public OverlapAnswer? Answer { get; init; }
    public string? Reason { get; init; }
}

/// <summary>Reuse what exists, join it, or say why a new one is needed all the same.</summary>
public enum OverlapAnswer { Reuse, Join, NewIsNeeded }

public sealed record RegistrySearched : Change
{
    internal RegistrySearched() { }
    public ActivityId ActivityId { get; internal init; }
    public IReadOnlyList<FoundOverlap> Found { get; internal init; } = [];
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record OverlapAnswered : Change
{
    internal OverlapAnswered() { }
    public ActivityId OtherId { get; internal init; }
    public OverlapAnswer Answer { get; internal init; }
    public string Reason { get; internal init; } = "";
}

/// <summary>Looking first: what exists already, and how each overlap is answered.</summary>
public static class OverlapRules
{
    /// <summary>Finds the registered activities whose score reaches the operation's threshold, highest first.</summary>
    public static Decision<RegistrySearched> Search(Activity planned, IEnumerable<Activity> registry, int threshold, StaffId by, DateTimeOffset now) =>
        Search(planned, [], registry.Select(a => new Registered(a, [])), threshold, by, now);

    /// <summary>The same, with what each form asks.</summary>
    /// <param name="planned">The activity that looks.</param>
    /// <param name="asked">Names of its form's own questions; none before it has a form.</param>
    /// <param name="registry">The others with theirs.</param>
    /// <param name="threshold">Score from which an overlap is answered.</param>
    /// <param name="by">Who looks.</param>
    /// <param name="now">When.</param>
    public static Decision<RegistrySearched> Search(Activity planned, IReadOnlyCollection<string> asked, IEnumerable<Registered> registry, int threshold, StaffId by, DateTimeOffset now) => new RegistrySearched
    {
        ActivityId = planned.Id, By = by, At = now,
        Found = [.. registry.Where(r => r.Activity.Id != planned.Id).Select(r => Compare(planned, asked, r))
            .Where(f => f.Score.Total >= threshold).OrderByDescending(f => f.Score.Total).ThenBy(f => f.OtherNumber)],
    };

    private static FoundOverlap Compare(Activity planned, IReadOnlyCollection<string> asked, Registered other)
    {
        var shared = asked.Intersect(other.Asked, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        return new FoundOverlap(other.Activity.Id, other.Activity.Number, other.Activity.Title, OverlapScore.Between(planned, other.Activity).Asking(asked, shared)) { SharedElements = shared };
    }

    public static Decision<OverlapAnswered> Answer(OverlapReview review, ActivityId other, OverlapAnswer answer, string reason)
    {
        var errors = new FieldErrors().Text("Reason", reason, 1000)
            .Must(review.Found.Any(f => f.OtherId == other), "OtherId", "overlap.not-found", Principle.Coordination);
        return errors.Any ? errors.All : new OverlapAnswered { OtherId = other, Answer = answer, Reason = reason.Trim() };
    }
}

/// <summary>An activity of the registry with the names of its form's own questions.</summary>
public sealed record Registered(Activity Activity, IReadOnlyCollection<string> Asked);
