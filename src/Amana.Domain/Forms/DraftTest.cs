using Amana.Domain.Shared;

namespace Amana.Domain.Forms;

/// <summary>A draft being tried on phones, at an address of its own. What is sent there is checked and thrown away: only how many came and how the last one fared is known.</summary>
public sealed class DraftTest
{
    private DraftTest() { }

    public FormVersionId FormVersionId { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>SHA-256 of the token in the address, hexadecimal.</summary>
    public string TokenHash { get; private set; } = "";

    /// <summary>Who answers for the trial.</summary>
    public StaffId StartedBy { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }
    public int Received { get; private set; }
    public DateTimeOffset? LastAt { get; private set; }
    public DraftOutcome LastOutcome { get; private set; }

    /// <summary>Disagreements between the last submission and the form; a count, never their content.</summary>
    public int LastFindings { get; private set; }

    public static DraftTest Of(DraftTestStarted change) => new()
    {
        FormVersionId = change.FormVersionId, ActivityId = change.ActivityId, TokenHash = change.TokenHash, StartedBy = change.By, StartedAt = change.At,
    };

    public void Apply(DraftTried change) => (Received, LastAt, LastOutcome, LastFindings) = (Received + 1, change.At, change.Outcome, change.Findings);
}

/// <summary>How a trial submission fared against its form.</summary>
public enum DraftOutcome { None, Clean, WithFindings, NotReadable }

public sealed record DraftTestStarted : Change
{
    internal DraftTestStarted() { }
    public FormVersionId FormVersionId { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public string TokenHash { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record DraftTried : Change
{
    internal DraftTried() { }
    public DraftOutcome Outcome { get; internal init; }
    public int Findings { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Trying a draft. Only drafts are tried: a published version takes real answers.</summary>
public static class DraftTestRules
{
    public static Decision<DraftTestStarted> Start(FormVersion form, string tokenHash, StaffId by, DateTimeOffset now) =>
        form.State != FormState.Draft
            ? new Refusal("form.not-a-draft").MendedBy(Mender.You, MendPage.Form)
            : new DraftTestStarted { FormVersionId = form.Id, ActivityId = form.ActivityId, TokenHash = tokenHash, By = by, At = now };

    /// <param name="findings">Disagreements found; none when it could not be read.</param>
    /// <param name="now">When.</param>
    public static DraftTried Try(int? findings, DateTimeOffset now) => new()
    {
        Outcome = findings switch { null => DraftOutcome.NotReadable, 0 => DraftOutcome.Clean, _ => DraftOutcome.WithFindings }, Findings = findings ?? 0, At = now,
    };
}
