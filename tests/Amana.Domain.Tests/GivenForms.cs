using Amana.Domain.Forms;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

/// <summary>A form that keeps every rule: consent first, each element needed and classified, sex, age and disability asked.</summary>
internal static class GivenForms
{
    public static IReadOnlyList<Element> Elements() =>
    [
        YesNo("consent") with { Ask = ConsentAsk.Participation },
        YesNo("consent_sharing") with { Ask = ConsentAsk.Sharing },
        YesNo("consent_referral") with { Ask = ConsentAsk.Referral },
        Of("name", "text", Sensitivity.Identifier),
        Of("sex", "select_one", Sensitivity.QuasiIdentifier, ElementRole.Sex) with { Choices = [Choice("f"), Choice("m")] },
        Of("age", "integer", Sensitivity.QuasiIdentifier, ElementRole.Age),
        Of("difficulty", "select_one", Sensitivity.QuasiIdentifier, ElementRole.Disability) with { Choices = [Choice("none"), Choice("lot")] },
        Of("violence", "select_one", Sensitivity.Sensitive) with { Choices = [Choice("happened"), Choice("not")], UrgentNeed = "survivor-care" },
    ];

    public static Element Of(string name, string type, Sensitivity? sensitivity, ElementRole role = ElementRole.None) => new()
    {
        Path = "/data/" + name, Name = name, Type = type, Label = LocalText.English(name), NeedCode = "N1", Sensitivity = sensitivity, Role = role,
    };

    public static Element YesNo(string name) => Of(name, "select_one", Sensitivity.Open) with { NeedCode = null, Choices = [Choice("yes"), Choice("no")] };

    public static ElementChoice Choice(string code) => new(code, LocalText.English(code));

    public static FormVersion Draft(IReadOnlyList<Element>? elements = null, string[]? languages = null, string version = "1", DateTimeOffset? at = null) =>
        FormVersion.Of(Given.Allowed(FormRules.Upload(Given.StartedActivity(), new FormVersionId(Guid.CreateVersion7()),
            new ReadForm("monitoring", version, "Monitoring", [1], "monitoring.xlsx", "<h:html/>", "00", languages ?? ["en", "ar"], elements ?? Elements(), []),
            [], Given.InformationOfficer, at ?? Given.Now.AddDays(-20))));

    /// <summary>A published form. The elements need not be publishable: the situation may be one that was loaded, not one that was allowed.</summary>
    public static FormVersion Published(IReadOnlyList<Element>? elements = null, string[]? languages = null)
    {
        var form = Draft(languages: languages);
        form.Apply(Given.Allowed(FormRules.Publish(form, GivenPlans.Purpose(), Given.Now.AddDays(-10))));
        if (elements is not null)
            form.Apply(Given.Allowed(FormRules.Classify(Draft(elements), GivenPlans.Purpose(), [])));
        return form;
    }

    public static FormVersion Closed()
    {
        var form = Published();
        form.Apply(Given.Allowed(FormRules.Close(form)));
        return form;
    }

    /// <summary>The elements with one changed.</summary>
    public static IReadOnlyList<Element> With(string name, Func<Element, Element> change) => [.. Elements().Select(e => e.Name == name ? change(e) : e)];

    public static IReadOnlyList<Element> Without(params string[] names) => [.. Elements().Where(e => !names.Contains(e.Name))];
}
