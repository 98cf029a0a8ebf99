using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Cases;

/// <summary>Where people with an urgent need are sent: at least one live service per need (DNH-5).</summary>
public sealed class ReferralPathway
{
    private ReferralPathway() { }

    public ActivityId ActivityId { get; private set; }
    public IReadOnlyList<ReferralStep> Services { get; private set; } = [];
    public DateTimeOffset SetAt { get; private set; }

    /// <summary>When a service came, went or is reached otherwise: what staff have to know anew. That services were found alive again changes nothing for them.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    public static ReferralPathway Of(ReferralPathwaySet change)
    {
        var pathway = new ReferralPathway { ActivityId = change.ActivityId };
        pathway.Apply(change);
        return pathway;
    }

    public void Apply(ReferralPathwaySet change) =>
        (ChangedAt, Services, SetAt) = (Told(Services).SequenceEqual(Told(change.Services)) ? ChangedAt : change.At, change.Services, change.At);

    /// <summary>What staff tell people: the live services, whatever their order.</summary>
    private static IEnumerable<ReferralStep> Told(IEnumerable<ReferralStep> services) =>
        services.Where(s => s.Live).Select(s => s with { CheckedOn = default }).OrderBy(s => s.NeedKind, StringComparer.Ordinal).ThenBy(s => s.ServiceName, StringComparer.Ordinal);
}

/// <summary>A service for a kind of need, who runs it, how it is reached, and whether it was found alive.</summary>
public sealed record ReferralStep(string NeedKind, string ServiceName, string Organisation, string HowReached, bool Live, DateOnly CheckedOn);

public sealed record ReferralPathwaySet : Change
{
    internal ReferralPathwaySet() { }
    public ActivityId ActivityId { get; internal init; }
    public IReadOnlyList<ReferralStep> Services { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}

public static class ReferralRules
{
    public static Decision<ReferralPathwaySet> Set(Activity activity, IReadOnlyList<ReferralStep> services, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var errors = ActivityRules.Open(activity).Must(services.All(s => s.NeedKind.Trim().Length > 0 && s.ServiceName.Trim().Length > 0), "Services", "referral.service-incomplete", Principle.DoNoHarm)
            .Must(services.All(s => !s.Live || s.HowReached.Trim().Length > 0), "Services", "referral.live-but-unreachable", Principle.DoNoHarm)
            .Must(services.All(s => s.CheckedOn <= today), "Services", "referral.checked-in-future", Principle.DoNoHarm);
        return errors.Any ? errors.All : new ReferralPathwaySet { ActivityId = activity.Id, Services = services, At = now };
    }
}
