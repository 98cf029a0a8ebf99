using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Impartiality;

/// <summary>The method said beforehand (IMP-1) and the neutrality check of the form (IMP-2).</summary>
public sealed class MethodStatement
{
    private MethodStatement() { }

    public ActivityId ActivityId { get; private set; }
    public MethodContent Content { get; private set; } = MethodContent.Empty;
    public StaffId AuthorId { get; private set; }
    public DateTimeOffset StatedAt { get; private set; }

    /// <summary>Readings of forms for neutrality, the newest last: one for each form version.</summary>
    public IReadOnlyList<NeutralityReview> Readings { get; private set; } = [];

    public static MethodStatement Of(MethodStated change)
    {
        var statement = new MethodStatement { ActivityId = change.ActivityId };
        statement.Apply(change);
        return statement;
    }

    public void Apply(MethodStated change) => (Content, AuthorId, StatedAt) = (change.Content, change.By, change.At);

    public void Apply(NeutralityReviewed change) => Readings = [.. Readings.Where(r => r.FormVersionId != change.Review.FormVersionId), change.Review];
}

public sealed record MethodContent
{
    public static MethodContent Empty { get; } = new();

    public string Population { get; init; } = "";
    public string Frame { get; init; } = "";
    public string Selection { get; init; } = "";
    public IReadOnlyList<ExpectedStratum> Strata { get; init; } = [];
    public string WhoIsMissed { get; init; } = "";
    public string KnownLimits { get; init; } = "";

    /// <summary>Where the information comes from, how far each source is relied on, and whether it was checked against another (IMP-3).</summary>
    public IReadOnlyList<StatedSource> Sources { get; init; } = [];
}

/// <summary>A source of information, by kind and not by name.</summary>
public sealed record StatedSource(SourceKind Kind, SourceReliability Reliability, SourceVerification Verification, string Note);

/// <summary>From whom or what information comes.</summary>
public enum SourceKind { PeopleThemselves, Household, KeyInformant, CommunityGroup, Observation, ServiceRecords, Authorities, Media }

/// <summary>How far a source is relied on, from experience with it.</summary>
public enum SourceReliability { Reliable, MostlyReliable, Mixed, Doubtful, Unknown }

/// <summary>Whether what the source says was checked.</summary>
public enum SourceVerification { SeenByTheTeam, TwoIndependentSources, OneSource, NotVerifiable }

/// <summary>A part of the population and how many records are planned from it.</summary>
public sealed record ExpectedStratum(PopulationGroup Group, int Planned);

/// <summary>The form was read for neutrality by someone other than its author.</summary>
public sealed record NeutralityReview(FormVersionId FormVersionId, string Answer, StaffId By, DateTimeOffset At);

public sealed record MethodStated : Change
{
    internal MethodStated() { }
    public ActivityId ActivityId { get; internal init; }
    public MethodContent Content { get; internal init; } = MethodContent.Empty;
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record NeutralityReviewed : Change
{
    internal NeutralityReviewed() { }
    public NeutralityReview Review { get; internal init; } = null!;
}

/// <summary>Saying the method, and reading the form for leading questions.</summary>
public static class ImpartialityRules
{
    public static Decision<MethodStated> State(Activity activity, MethodContent content, StaffId by, DateTimeOffset now)
    {
        var errors = ActivityRules.Open(activity).Text(nameof(content.Population), content.Population, 2000).Text(nameof(content.Frame), content.Frame, 2000)
            .Text(nameof(content.Selection), content.Selection, 2000).Text(nameof(content.WhoIsMissed), content.WhoIsMissed, 2000)
            .Text(nameof(content.KnownLimits), content.KnownLimits, 2000, required: false)
            .Must(content.Strata.All(s => s.Planned >= 0), nameof(content.Strata), "method.negative-plan", Principle.Impartiality)
            .Must(content.Sources.All(s => s.Note.Length <= 500), nameof(content.Sources), "method.source-note-too-long", Principle.Impartiality);
        return errors.Any ? errors.All : new MethodStated { ActivityId = activity.Id, Content = content, By = by, At = now };
    }

    /// <summary>Refused without a method, because the reading is kept with it.</summary>
    public static Refusal NotStated { get; } = new Refusal("method.not-stated", Principle.Impartiality).MendedBy(Mender.InformationManagementOfficer, MendPage.Method);

    /// <summary>Refused without a form, because there is nothing to read.</summary>
    public static Refusal NothingToRead { get; } = new Refusal("method.no-form", Principle.Impartiality).MendedBy(Mender.InformationManagementOfficer, MendPage.Form);

    public static Decision<NeutralityReviewed> ReviewNeutrality(Forms.FormVersion form, string answer, StaffId by, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("Answer", answer, 2000).Must(by != form.AuthorId, "Answer", "method.reviewed-by-author", Principle.Impartiality);
        return errors.Any ? errors.All : new NeutralityReviewed { Review = new NeutralityReview(form.Id, answer.Trim(), by, now) };
    }
}
