using Amana.Domain.Consent;
using Amana.Domain.Forms;

namespace Amana.Domain.Tests;

/// <summary>Consents of made-up people.</summary>
internal static class GivenConsents
{
    public const string Care = "survivor-care";

    /// <summary>What a consent of the tests' activity can reach: one recipient, one service, one need.</summary>
    public static readonly ConsentScope Scope = new([Given.Partner], [Care], ["N1"]);

    public static PersonConsent With(params ConsentPart[] yeses) => Of(Saying(yeses));

    public static PersonConsent Of(StatedConsent stated, Notice? notice = null, ConsentScope? scope = null) =>
        PersonConsent.Of(Given.Allowed(ConsentRules.Receive(Receiving(scope), stated, notice ?? GivenPlans.Notice(), Given.Now)));

    public static ReceiveConsent Receiving(ConsentScope? scope = null) => new(default, default, "en", Guid.NewGuid(), []) { Scope = scope ?? Scope };

    public static StatedConsent Saying(params ConsentPart[] yeses) => new(yeses, false, "en", ConsentGiver.Self, ConsentMeans.Spoken);

    public static StatedConsent SayingYes(params ConsentPart[] more) => Saying([ConsentAsk.Participation, .. more]);

    /// <summary>A notice under which consents lapse.</summary>
    public static Notice NoticeFor(int? months) => Notice.Of(Given.Allowed(ConsentRules.Write(
        Given.StartedActivity(), default, 2, GivenPlans.Notice().Content with { ValidMonths = months }, Given.ProtectionOfficer, Given.Now)));
}
