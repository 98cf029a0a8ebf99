using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Web.Activities;

/// <summary>The pages of an activity, by the step in which their work is mostly done. A page shows once it exists.</summary>
public static class ActivityPlaces
{
    /// <summary>Steps are sequential, what is done within one is not: the order is only the order of reading.</summary>
    public static IReadOnlyList<(PimStep Step, IReadOnlyList<MendPage> Pages)> ByStep { get; } =
    [
        (PimStep.Assess, [MendPage.Overlaps, MendPage.Consultations]),
        (PimStep.Design,
        [
            MendPage.Purpose, MendPage.Form, MendPage.Notice, MendPage.Risk, MendPage.Method, MendPage.Team, MendPage.Sharing, MendPage.Referral, MendPage.Retention,
            MendPage.Feedback, MendPage.Capacity,
        ]),
        (PimStep.Implement, [MendPage.Collection, MendPage.Quarantine, MendPage.Records, MendPage.Caseload, MendPage.Consents, MendPage.Referrals, MendPage.Linking, MendPage.Bias, MendPage.Accuracy, MendPage.Analysis, MendPage.Releases, MendPage.Incidents, MendPage.Emergencies]),
        (PimStep.Evaluate, [MendPage.Evidence, MendPage.Results, MendPage.Closing]),
    ];
}
