using Amana.Domain.Principles;

namespace Amana.Domain.Shared;

/// <summary>Why something is not done: a stable slug (the words live in the texts, under <c>refusal.&lt;slug&gt;</c>), arguments that are
/// never free text about a person, the principle it serves, the field it concerns, and who can mend it where.</summary>
/// <param name="Slug">A past fact of the subject, such as <c>consent.withdrawn</c>. Also the type of the problem answer (RFC 9457).</param>
/// <param name="Principle">The principle that this refusal serves; none for plain mistakes of form.</param>
public sealed record Refusal(string Slug, Principle? Principle = null)
{
    /// <summary>Values for the placeholders of the text: codes, counts, dates, titles of things; never a person's name or words.</summary>
    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The field of the command that the refusal is about, for the error summary.</summary>
    public string? Field { get; init; }

    /// <summary>Who can mend it, and on which page.</summary>
    public Mend? Mend { get; init; }

    public Refusal With(string name, string value) => this with { Args = new Dictionary<string, string>(Args, StringComparer.Ordinal) { [name] = value } };

    public Refusal At(string field) => this with { Field = field };

    public Refusal MendedBy(Mender who, MendPage page) => this with { Mend = new Mend(who, page) };
}

/// <summary>Who can mend a gap and the page where it is mended.</summary>
public sealed record Mend(Mender Who, MendPage Page);

/// <summary>Those who can mend a gap.</summary>
public enum Mender { ActivityLead, ProtectionOfficer, InformationManagementOfficer, DataProtectionFocalPoint, Administrator, Coordinator, SomeoneElse, You }

/// <summary>The pages where gaps are mended; the web host knows their addresses.</summary>
public enum MendPage
{
    None, Activity, Overlaps, Consultations, Purpose, Form, Notice, Risk, Retention, Team, Sharing, Method, Referral, Feedback, Results, Capacity,
    Rules, Collection, Quarantine, Records, Analysis, Releases, Evidence, Closing, Agreements, Staff, Organisations, Requests, Incidents, Emergencies, Keys, Ledger, SignIn, Consents, Bias, Accuracy, Compatible, Referrals, Linking, Caseload,
}
