using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Purpose;

/// <summary>Proposing, deciding and giving up a compatible use (DP-4, IMP-5).</summary>
public static class CompatibleUseRules
{
    /// <summary>Days for which a decision holds at most; after that people are asked anew, or somebody decides anew.</summary>
    public const int MaxDays = 730;

    public static Decision<CompatibleUseProposed> Propose(Activity activity, PurposeStatement purpose, CompatibleUse use, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var errors = ActivityRules.Open(activity);
        foreach (var (name, words) in use.Test.Parts)
            errors.Text(name, words, 2000);
        errors.Must(use.Needs.Count > 0 && use.Needs.All(n => purpose.Content.Needs.Any(k => k.Code == n)), nameof(use.Needs), "compatible.need-unknown", Principle.DefinedPurpose)
            .Must(use.Until > today && use.Until <= today.AddDays(MaxDays), nameof(use.Until), "compatible.until-out-of-range", Principle.DefinedPurpose);
        if (use.ToldPublicly.MissingIn(activity.Languages) is { Count: > 0 } missing)
            errors.Add(new Refusal("compatible.language-missing", Principle.DefinedPurpose).At(nameof(use.ToldPublicly)).With("languages", string.Join(", ", missing)));
        return errors.Any ? errors.All : new CompatibleUseProposed { Use = use with { At = now, Decided = null, Ended = null } };
    }

    /// <summary>Decided by someone else than who wrote it; the words that people read are published with it.</summary>
    public static Decision<CompatibleUseDecided> Decide(CompatibleUse use, bool compatible, string reason, StaffId by, DateTimeOffset now)
    {
        if (by == use.By)
            return new Refusal("compatible.decided-by-author", Principle.Impartiality).MendedBy(Mender.SomeoneElse, MendPage.Purpose);
        var errors = new FieldErrors().Text("Reason", reason, 1000)
            .Must(use.Decided is null && use.Ended is null, "State", "compatible.decided-already", Principle.DefinedPurpose)
            .Must(!compatible || use.Until >= DateOnly.FromDateTime(now.UtcDateTime), "State", "compatible.until-out-of-range", Principle.DefinedPurpose);
        return errors.Any ? errors.All : new CompatibleUseDecided { Id = use.Id, Decided = new DecidedUse(compatible, reason.Trim(), by, now) };
    }

    /// <summary>Ends it, saying what is done instead. From then on people who were not told are out of reach for the need.</summary>
    public static Decision<CompatibleUseGivenUp> GiveUp(CompatibleUse use, string instead, StaffId by, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("Instead", instead, 1000).Must(use.Ended is null, "State", "compatible.given-up-already", Principle.DefinedPurpose);
        return errors.Any ? errors.All : new CompatibleUseGivenUp { Id = use.Id, Ended = new GivenUp(instead.Trim(), by, now) };
    }
}
