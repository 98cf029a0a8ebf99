using System.Globalization;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Accounts;

/// <summary>Other limits that somebody asked for and nobody else has decided on yet.</summary>
public sealed record ProposedLimits(OperationLimits Limits, string Reason, StaffId By, bool ByFocalPoint, DateTimeOffset At);

/// <summary>Somebody asked for other limits; nothing is changed yet.</summary>
public sealed record LimitsProposed : Change
{
    internal LimitsProposed() { }
    public ProposedLimits? Proposed { get; internal init; }
}

/// <summary>A second person agreed and the limits hold from now on, or did not and all stays as it was.</summary>
public sealed record LimitsDecided : Change
{
    internal LimitsDecided() { }
    public bool Accepted { get; internal init; }
    public OperationLimits Limits { get; internal init; } = new();
}

/// <summary>The limits of an operation decide what may be shown and shared, so nobody changes them alone: one person asks with a reason, another decides, and one of the two is a data
/// protection focal point.</summary>
public static class LimitRules
{
    /// <summary>Who may ask and decide.</summary>
    public static IReadOnlyList<Duty> Duties { get; } = [Duty.DataProtectionFocalPoint, Duty.Coordinator];

    /// <summary>The limits that differ.</summary>
    public static IEnumerable<OperationLimit> Differing(OperationLimits present, OperationLimits wanted) => OperationLimit.All.Where(l => l.Of(present) != l.Of(wanted));

    public static Decision<LimitsProposed> Propose(HumanitarianOperation operation, OperationLimits wanted, string reason, Actor by, DateTimeOffset now)
    {
        if (Authority.MustHoldOneOf(by, Duties) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (by.StaffId is not { } author)
            return new Refusal("actor.duty-missing", Principle.DataProtection).With("duty", nameof(Duty.DataProtectionFocalPoint)).MendedBy(Mender.Coordinator, MendPage.Staff);
        if (operation.Proposed is not null)
            return new Refusal("limits.one-waits", Principle.DataProtection);
        var errors = new FieldErrors().Text("Reason", reason, 2000);
        foreach (var limit in OperationLimit.All.Where(l => l.Of(wanted) < l.Least || l.Of(wanted) > l.Most))
            errors.Add(new Refusal("limits.out-of-range", Principle.DataProtection).At(limit.Name).With("limit", limit.Name).With("least", Written(limit.Least)).With("most", Written(limit.Most)));
        if (wanted.SmallCellGrave < wanted.SmallCell)
            errors.Add(new Refusal("limits.grave-below", Principle.DoNoHarm).At(nameof(wanted.SmallCellGrave)));
        if (wanted.PublicK < wanted.PartnerK)
            errors.Add(new Refusal("limits.public-below-partner", Principle.DataProtection).At(nameof(wanted.PublicK)));
        if (!Differing(operation.Limits, wanted).Any())
            errors.Add(new Refusal("limits.nothing-changed").At("Reason"));
        return errors.Any ? errors.All : new LimitsProposed { Proposed = new ProposedLimits(wanted, reason.Trim(), author, by.Has(Duty.DataProtectionFocalPoint), now) };
    }

    public static Decision<LimitsDecided> Decide(HumanitarianOperation operation, bool accept, Actor by)
    {
        if (Authority.MustHoldOneOf(by, Duties) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (operation.Proposed is not { } proposed)
            return new Refusal("limits.nothing-waits");
        if (accept && (by.StaffId is null || proposed.By == by.StaffId))
            return new Refusal("limits.own-proposal", Principle.Impartiality).MendedBy(Mender.SomeoneElse, MendPage.Staff);
        if (accept && !proposed.ByFocalPoint && !by.Has(Duty.DataProtectionFocalPoint))
            return new Refusal("limits.no-focal-point", Principle.DataProtection).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Staff);
        return new LimitsDecided { Accepted = accept, Limits = accept ? proposed.Limits : operation.Limits };
    }

    private static string Written(int value) => value.ToString(CultureInfo.InvariantCulture);
}
