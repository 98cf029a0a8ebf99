using Amana.Domain.Forms;

namespace Amana.Domain.Analysis;

/// <summary>Disability by the Washington Group Short Set on Functioning: "a lot of difficulty" or worse in at least one of the six domains.</summary>
public static class WashingtonGroup
{
    public const string With = "with";
    public const string Without = "without";

    private static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase) { "yes", "y", "oui", "si", "sí", "naam", "na3am", "1", "true", "with" };

    public static bool IsDomain(ElementRole role) => role is >= ElementRole.DifficultySeeing and <= ElementRole.DifficultyCommunicating;

    /// <summary>With or without a disability, from the six domains or else from a question of its own; none when nothing of it was answered.</summary>
    public static string? Of(FormVersion form, IReadOnlyDictionary<string, string> answers)
    {
        var answered = form.Elements.Where(e => IsDomain(e.Role) && answers.ContainsKey(e.Path)).ToList();
        if (answered.Count > 0)
            return answered.Any(e => IsALot(e, answers[e.Path])) ? With : Without;
        if (form.WithRole(ElementRole.Disability) is not { } element || !answers.TryGetValue(element.Path, out var answer))
            return null;
        // Four choices and more are a scale; fewer are a yes and a no.
        return (element.Choices.Count >= 4 ? IsALot(element, answer) : Yes.Contains(answer) || SaysALot(element, answer)) ? With : Without;
    }

    /// <summary>Codes 3 and 4 of the set's own scale, or a code or English label that names it.</summary>
    private static bool IsALot(Element element, string code) => code is "3" or "4" || SaysALot(element, code);

    private static bool SaysALot(Element element, string code)
    {
        var label = element.Choices.FirstOrDefault(c => c.Code == code)?.Label.In("en") ?? "";
        return Names(code) || Names(label);
    }

    private static bool Names(string words)
    {
        var plain = words.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        return plain is "lot" or "alot" || plain.Contains("a_lot", StringComparison.Ordinal) || plain.Contains("cannot", StringComparison.Ordinal) || plain.Contains("can_not", StringComparison.Ordinal);
    }
}
