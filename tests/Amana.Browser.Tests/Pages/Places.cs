namespace Amana.Browser.Tests.Pages;

/// <summary>The main pages of the product, as the demo fills them.</summary>
internal static class Places
{
    /// <summary>Pages that anybody may see.</summary>
    public static IReadOnlyList<string> Open { get; } = ["/", "/accounts/sign-in", "/public", "/public/receipt", "/public/feedback"];

    /// <summary>Pages of the staff, seen by the data protection focal point, who may see all of them.</summary>
    public static IReadOnlyList<string> Staff { get; } =
    [
        "/activities", "/activities/start", "/activities/templates", "/activities/templates/sudden-onset", "/set-up/vocabularies", "/coordination", "/coordination/map", "/coordination/protocol", "/coordination/requests", "/coordination/services", "/activities/1/risk/revisions", "/activities/1/report", "/set-up/vocabularies/age-unhcr", "/sharing", "/sharing/agreements", "/set-up", "/set-up/organisations", "/set-up/competencies", "/set-up/staff", "/rights", "/ledger", "/accounts/my-account",
        "/activities/3", "/activities/7/overlaps", "/activities/2/quarantine", "/activities/6/rules",
        .. OfAnActivity.Select(place => "/activities/1" + place),
    ];

    private static string[] OfAnActivity =>
    [
        "", "/overlaps", "/consultations", "/purpose", "/compatible", "/form", "/notice", "/risk", "/retention", "/team", "/sharing", "/method", "/referral", "/feedback", "/results", "/capacity", "/rules", "/collection", "/awaited",
        "/records", "/caseload", "/consents", "/analysis", "/releases", "/evidence", "/closing", "/incidents", "/enter", "/links",
    ];
}
