using Amana.Domain.Analysis;
using Amana.Domain.Forms;

namespace Amana.Domain.Sharing;

/// <summary>Why an element never leaves in a release.</summary>
public enum LeftOutReason { Identifier, Sensitive, Unclassified, FreeText, ExactPlace, File, Repeated, AboutConsent, NotAgreed }

/// <summary>An element that a release cannot hold, and why.</summary>
public sealed record LeftOutElement(Element Element, LeftOutReason Reason);

/// <summary>How much an age tells in a release.</summary>
public enum AgeDetail { Groups, ChildOrAdult, Years }

/// <summary>Which elements may leave in a de-identified file: open answers and quasi-identifiers that hold no words of anybody, no exact place and no file.</summary>
public static class ReleaseColumns
{
    private static readonly HashSet<string> FreeTypes = new(StringComparer.Ordinal) { "text", "string", "note", "barcode", "calculate", "hidden" };
    private static readonly HashSet<string> FileTypes = new(StringComparer.Ordinal) { "image", "photo", "audio", "video", "file", "background-audio" };

    /// <summary>The elements that may be chosen, each once, as the newest form has them.</summary>
    public static IReadOnlyList<Element> Allowed(IEnumerable<FormVersion> forms) => [.. All(forms).Where(e => Reason(e) is null)];

    /// <summary>Those of them that the agreement covers; all of them while none is chosen.</summary>
    public static IReadOnlyList<Element> Allowed(IEnumerable<FormVersion> forms, Agreement? agreement) => [.. Allowed(forms).Where(e => agreement?.CoversField(e.Name) != false)];

    /// <summary>The elements that may not under the agreement, with the reason.</summary>
    public static IReadOnlyList<LeftOutElement> LeftOut(IReadOnlyList<FormVersion> forms, Agreement? agreement) =>
        [.. LeftOut(forms), .. Allowed(forms).Except(Allowed(forms, agreement)).Select(e => new LeftOutElement(e, LeftOutReason.NotAgreed))];

    /// <summary>The elements that may not, with the reason.</summary>
    public static IReadOnlyList<LeftOutElement> LeftOut(IEnumerable<FormVersion> forms) => [.. All(forms).Where(e => Reason(e) is not null).Select(e => new LeftOutElement(e, Reason(e)!.Value))];

    /// <summary>What somebody could know about a person beforehand, and so always counts in the measuring: every quasi-identifier, and sex, age, disability, place and day.</summary>
    public static bool IsKey(Element element) => element.Sensitivity == Sensitivity.QuasiIdentifier || WashingtonGroup.IsDomain(element.Role)
        || element.Role is ElementRole.Sex or ElementRole.Age or ElementRole.AgeGroup or ElementRole.Disability or ElementRole.Place or ElementRole.InterviewDate;

    /// <summary>Open answers that somebody of the scenario usually knows as well, by the presets of practice (household size, origin, arrival, work, marital status, language); proposed, never imposed.</summary>
    public static bool IsKnownIn(AttackScenario scenario, Element element) => !IsKey(element) && scenario switch
    {
        AttackScenario.Neighbour => Seen.Concat(Listed).Any(word => element.Name.Contains(word, StringComparison.OrdinalIgnoreCase)),
        AttackScenario.HolderOfAList => Listed.Any(word => element.Name.Contains(word, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    private static readonly string[] Seen = ["shelter", "occupation", "work", "marital", "pregnan", "school", "livestock"];
    private static readonly string[] Listed = ["household", "hh_size", "origin", "nationality", "arriv", "displace", "language", "ethnic", "head"];

    private static LeftOutReason? Reason(Element e) => e switch
    {
        { Sensitivity: Sensitivity.Identifier } => LeftOutReason.Identifier,
        { Sensitivity: Sensitivity.Sensitive } => LeftOutReason.Sensitive,
        { Sensitivity: null } => LeftOutReason.Unclassified,
        { Special: not null } => LeftOutReason.Sensitive,
        { Ask: not null } or { Role: ElementRole.ReceiptCode or ElementRole.ConsentGivenBy or ElementRole.ConsentMeans or ElementRole.NoticeLanguage } => LeftOutReason.AboutConsent,
        { Role: ElementRole.Interviewer } => LeftOutReason.Identifier, // staff are people too
        { Repeated: true } => LeftOutReason.Repeated,
        { Type: "geopoint" or "geotrace" or "geoshape" or "start-geopoint" } => LeftOutReason.ExactPlace,
        _ when FileTypes.Contains(e.Type) => LeftOutReason.File,
        { IsCoded: false, Role: ElementRole.None } when FreeTypes.Contains(e.Type) => LeftOutReason.FreeText,
        _ => null,
    };

    private static IEnumerable<Element> All(IEnumerable<FormVersion> forms) => AnalysisRules.Filled(forms).SelectMany(f => f.Elements).DistinctBy(e => e.Path, StringComparer.Ordinal);
}
