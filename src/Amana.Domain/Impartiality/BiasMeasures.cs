using Amana.Domain.Activities;
using Amana.Domain.Forms;

namespace Amana.Domain.Impartiality;

/// <summary>What bias is watched on: who brought a record, its form and its coded answers. Nothing that is sealed per person.</summary>
/// <param name="Interviewer">The staff member who answers for the interview.</param>
public sealed record WatchedRecord(Guid Interviewer, FormVersion Form, IReadOnlyDictionary<string, string> Answers)
{
    /// <summary>A service declined the person; none where no service was asked or none has answered.</summary>
    public bool? Declined { get; init; }

    /// <summary>The record's own key in [0,1), by which counts that it is in are rounded before anybody is told them.</summary>
    public double Key { get; init; }
}

/// <summary>What was found when bias was last watched (IMP-3): counts and measures over all records, nothing of one person. Counted exactly to be judged, and as they may be told to be kept.</summary>
public sealed record BiasMeasures
{
    public static BiasMeasures None { get; } = new();

    public int Records { get; init; }
    public int Refusals { get; init; }
    public IReadOnlyList<StratumCoverage> Coverage { get; init; } = [];
    public IReadOnlyList<NonResponse> NonResponse { get; init; } = [];
    public IReadOnlyList<InterviewerEffect> Effects { get; init; } = [];
    public IReadOnlyList<InterviewerPace> Interviewers { get; init; } = [];
    public IReadOnlyList<Heaping> Heaping { get; init; } = [];

    /// <summary>Who says no to what, and whom services decline, group by group.</summary>
    public IReadOnlyList<GroupRefusals> RefusedBy { get; init; } = [];

    /// <summary>Median minutes from start to end; none when the form does not tell them.</summary>
    public double? MedianMinutes { get; init; }

    /// <summary>When the groups were counted that are told, and over how many records: they are counted anew once enough came that nobody can subtract.</summary>
    public DateTimeOffset? ToldAt { get; init; }
    public int ToldOver { get; init; }

    /// <summary>Of what number the counts of groups are multiples.</summary>
    public int ToldIn { get; init; }
}

/// <summary>How many records of a part of the population there are, beside how many were planned. None counted where the forms do not tell who belongs to it.</summary>
public sealed record StratumCoverage(PopulationGroup Group, int Planned, int? Counted);

/// <summary>How often a question was met with "don't know" or "prefer not to answer", of all who gave an answer; lowest and highest by sex, with the adjusted probability that chance alone parts them.</summary>
public sealed record NonResponse(string Element, int Answered, int NoAnswer, double? LowestShare, double? HighestShare, double? Adjusted)
{
    public double Share => Answered == 0 ? 0 : NoAnswer / (double)Answered;
}

/// <summary>How often something was refused in each group, with the adjusted probability that chance alone parts the groups; none where fewer than two are large enough to compare.</summary>
public sealed record GroupRefusals(RefusedWhat What, GroupedBy By, IReadOnlyList<RefusedShare> Groups, double? Adjusted)
{
    /// <summary>Groups that are large enough to be compared.</summary>
    internal IReadOnlyList<RefusedShare> Compared => [.. Groups.Where(g => g.Asked >= BiasLimits.LeastInterviews)];
}

/// <summary>How many of a group were asked, and how many refused or were refused.</summary>
public sealed record RefusedShare(string Group, int Asked, int Refused)
{
    public double Share => Asked == 0 ? 0 : Refused / (double)Asked;
}

/// <summary>What was refused: by the person a separate yes, or by a service the person.</summary>
public enum RefusedWhat { Sharing, Recontact, PhotoAudio, Referral, Service }

/// <summary>By what people are told apart when refusals are compared.</summary>
public enum GroupedBy { Sex, Age, Disability, Status }

/// <summary>How much the answers to one question hang on who asked: chi-square over interviewers, its probability adjusted over all questions, and the intraclass correlation.</summary>
public sealed record InterviewerEffect(string Element, int Interviewers, int Answers, double ChiSquare, int Degrees, double Adjusted, double Correlation);

/// <summary>One interviewer's work: how many interviews, how fast, how many much faster than the median, how many nearly the same as another of their own.</summary>
public sealed record InterviewerPace(Guid Interviewer, int Interviews, double? MedianMinutes, int TooFast, int Compared, int TooAlike);

/// <summary>How far numbers heap on 0 and 5: 100 when not at all, 500 when all do. For ages 23 to 62 this is Whipple's index.</summary>
public sealed record Heaping(string Element, int Numbers, double Index, bool IsAge);

/// <summary>Where a measure calls for an answer. All are this product's own choice but Whipple's scale (United Nations: over 175 is very rough); each is shown beside its measure.</summary>
public static class BiasLimits
{
    /// <summary>Fewer records than this say nothing yet.</summary>
    public const int LeastRecords = 30;

    /// <summary>Interviews that an interviewer has brought before being compared with others.</summary>
    public const int LeastInterviews = 20;

    /// <summary>A stratum below this share of what all strata together have reached of their plan.</summary>
    public const double Coverage = 0.8;

    /// <summary>Records that a stratum may lack before it is called behind.</summary>
    public const int CoverageLack = 5;

    /// <summary>Refusals of all who were asked.</summary>
    public const double Refusals = 0.2;

    /// <summary>"Don't know" and "prefer not to answer" of all answers to one question.</summary>
    public const double NoAnswer = 0.2;

    /// <summary>Points between two groups.</summary>
    public const double NoAnswerBetweenGroups = 0.1;

    /// <summary>Points between two groups in how often something is refused.</summary>
    public const double RefusedBetweenGroups = 0.1;

    /// <summary>False ones among what is called real (Benjamini–Hochberg).</summary>
    public const double FalseDiscoveries = 0.05;

    /// <summary>Intraclass correlation; effects of interviewers in careful surveys are mostly far below.</summary>
    public const double Correlation = 0.05;

    /// <summary>An interview below this share of the median is too fast.</summary>
    public const double FastShare = 1 / 3.0;

    /// <summary>Share of an interviewer's interviews that may be too fast, or too alike.</summary>
    public const double OddInterviews = 0.1;

    /// <summary>Two records that agree on this share of their coded answers are too alike.</summary>
    public const double Alike = 0.95;

    /// <summary>Coded answers that two records must share to be compared.</summary>
    public const int LeastShared = 8;

    /// <summary>Newest records of one interviewer that are compared with one another.</summary>
    public const int MostCompared = 300;

    public const double Whipple = 175;
    public const double OtherHeaping = 300;
    public const int LeastNumbers = 50;
}
