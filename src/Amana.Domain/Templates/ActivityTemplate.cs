using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Forms;
using Amana.Domain.Shared;

namespace Amana.Domain.Templates;

/// <summary>What an activity of one category usually needs, in four languages, for a team to adapt on its first day. A template is a beginning:
/// it fills what is empty, through the same rules as a person would, and everything that asks for a second person still does.</summary>
public sealed record ActivityTemplate
{
    public required string Code { get; init; }
    public required string Version { get; init; }
    public MatrixCategory Category { get; init; }
    public SensitivityLevel Level { get; init; }

    /// <summary>Made for the first days of an emergency: the shortest form, dates within days. No rule is left out.</summary>
    public bool Short { get; init; }

    /// <summary>The form asks who the person is; only where the help cannot do without.</summary>
    public bool Identity { get; init; }

    /// <summary>How people are found: <c>households</c>, <c>people-at-places</c>, <c>key-informants</c>, <c>all-who-come</c>.</summary>
    public string Method { get; init; } = "";

    public int MonthsKept { get; init; }
    public AfterRetention Then { get; init; }

    /// <summary>Days until the risks are looked at again (DNH-2).</summary>
    public int ReviewDays { get; init; }

    /// <summary>Days until each need must show a use (DP-7).</summary>
    public int NeedReviewDays { get; init; }

    /// <summary>Usual length of the activity in days.</summary>
    public int Days { get; init; }

    public int Interviewers { get; init; }
    public int InterviewsPerDay { get; init; }

    /// <summary>What the team should know best, beyond what each role needs.</summary>
    public IReadOnlyList<CompetencyCode> Competencies { get; init; } = [];

    /// <summary>Codes of the risk library.</summary>
    public IReadOnlyList<string> Risks { get; init; } = [];

    public LocalText Name { get; init; } = LocalText.Empty;
    public LocalText About { get; init; } = LocalText.Empty;
    public LocalText Purpose { get; init; } = LocalText.Empty;
    public LocalText ProtectionOutcome { get; init; } = LocalText.Empty;
    public LocalText CategoriesOfPeople { get; init; } = LocalText.Empty;
    public LocalText OutOfScope { get; init; } = LocalText.Empty;
    public LocalText WhatIsCollected { get; init; } = LocalText.Empty;
    public LocalText RetentionReason { get; init; } = LocalText.Empty;

    /// <summary>The plan begins with not sharing, which is a decision too (CO-4), and says what may come later.</summary>
    public LocalText NotSharedBecause { get; init; } = LocalText.Empty;

    public IReadOnlyList<TemplateDecision> Decisions { get; init; } = [];
    public IReadOnlyList<TemplateNeed> Needs { get; init; } = [];
    public IReadOnlyList<TemplateQuestion> Questions { get; init; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<TemplateChoice>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<TemplateChoice>>(StringComparer.Ordinal);

    /// <summary>Kinds of urgent need that an answer may disclose; each wants a live service before collection (DNH-5).</summary>
    public IEnumerable<string> UrgentNeeds => Questions.Select(q => q.UrgentNeed).OfType<string>().Distinct(StringComparer.Ordinal);
}

public sealed record TemplateDecision(string Code, LocalText Text);

public sealed record TemplateNeed(string Code, string Decision, LocalText Question);

/// <summary>A question of the starter form: its need, sensitivity and words. Choices come from a list of the template or from a vocabulary.</summary>
public sealed record TemplateQuestion
{
    public required string Name { get; init; }
    public required string Type { get; init; }
    public string? List { get; init; }
    public string? Vocabulary { get; init; }
    public string Need { get; init; } = "";
    public Sensitivity Sensitivity { get; init; }
    public string? UrgentNeed { get; init; }
    public bool Required { get; init; }
    public string? Relevant { get; init; }
    public LocalText Label { get; init; } = LocalText.Empty;
}

public sealed record TemplateChoice(string Code, LocalText Label);
