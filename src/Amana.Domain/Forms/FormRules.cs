using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Shared;

namespace Amana.Domain.Forms;

/// <summary>What one element is given in Design: its need, sensitivity and part.</summary>
public sealed record ClassifyElement(
    string Path, string? NeedCode, Sensitivity? Sensitivity, ElementRole Role, ConsentAsk? Ask, SpecialCategory? Special, string? UrgentNeed)
{
    /// <summary>The one recipient or kind of service that a question of consent asks about.</summary>
    public string? AskFor { get; init; }
}

/// <summary>Uploading, classifying and publishing forms. An element tied to no need cannot be published (DP-2).</summary>
public static class FormRules
{
    public static Decision<FormUploaded> Upload(Activity activity, FormVersionId id, ReadForm form, IEnumerable<FormVersion> existing, StaffId by, DateTimeOffset now)
    {
        var errors = ActivityRules.Open(activity);
        var same = existing.FirstOrDefault(f => f.FormId == form.FormId && f.Version == form.Version && f.State != FormState.Draft);
        if (same is not null)
            errors.Add(new Refusal("form.version-published-already", Principle.DefinedPurpose).With("form", form.FormId).With("version", form.Version).MendedBy(Mender.You, MendPage.Form));
        return errors.Any ? errors.All : new FormUploaded { Id = id, ActivityId = activity.Id, Form = form, By = by, At = now };
    }

    public static Decision<ElementsClassified> Classify(FormVersion form, PurposeStatement? purpose, IReadOnlyList<ClassifyElement> given)
    {
        if (form.State != FormState.Draft)
            return new Refusal("form.not-a-draft", Principle.DefinedPurpose).MendedBy(Mender.You, MendPage.Form);
        var needs = purpose?.Content.Needs.Select(n => n.Code).ToHashSet(StringComparer.Ordinal) ?? [];
        var errors = new FieldErrors();
        foreach (var g in given)
        {
            if (form.Element(g.Path) is null)
                errors.Add(new Refusal("form.element-unknown").At(g.Path).With("path", g.Path));
            if (g.NeedCode is not null && !needs.Contains(g.NeedCode))
                errors.Add(new Refusal("purpose.need-unknown", Principle.DefinedPurpose).At(g.Path).With("need", g.NeedCode));
        }

        if (errors.Any)
            return errors.All;
        var byPath = given.ToDictionary(g => g.Path, StringComparer.Ordinal);
        return new ElementsClassified
        {
            Elements = [.. form.Elements.Select(e => byPath.TryGetValue(e.Path, out var g)
                ? e with { NeedCode = g.NeedCode, Sensitivity = g.Sensitivity, Role = g.Role, Ask = g.Ask, AskFor = g.Ask is ConsentAsk.Sharing or ConsentAsk.Referral ? g.AskFor : null, Special = g.Special, UrgentNeed = g.UrgentNeed, NamesNobody = g.Sensitivity == e.Sensitivity ? e.NamesNobody : null }
                : e)],
        };
    }

    /// <summary>Says why words that are not sealed cannot name anybody (SEC-2), in a form that is being designed or is in use. Refused for what is sealed or coded anyway, and without a reason that says something.</summary>
    public static Decision<WordsJudged> NamesNobody(FormVersion form, string path, string reason, StaffId by, DateTimeOffset now)
    {
        if (form.Element(path) is not { WordsUnsealed: true } || form.State == FormState.Closed)
            return new Refusal("form.words-are-sealed", Principle.DataProtection).MendedBy(Mender.You, MendPage.Form);
        var errors = new FieldErrors().Text("Reason", reason, 500).Must(string.IsNullOrWhiteSpace(reason) || Wording.SaysSomething(reason), "Reason", "form.reason-says-nothing", Principle.DataProtection);
        return errors.Any ? errors.All : new WordsJudged { Path = path, Judged = new NamesNobody(reason.Trim(), by, now) };
    }

    /// <summary>Publishes a draft that has no files.</summary>
    public static Decision<FormPublished> Publish(FormVersion form, PurposeStatement? purpose, DateTimeOffset now) => Publish(form, purpose, [], now);

    /// <summary>Publishes a draft to phones. Refused with every element that serves no need or has no sensitivity, every serious finding that is neither mended nor answered, and every list that phones would look for in vain.</summary>
    /// <param name="form">The draft.</param>
    /// <param name="purpose">The activity's purpose.</param>
    /// <param name="present">Names of the files that phones will find.</param>
    /// <param name="now">When.</param>
    public static Decision<FormPublished> Publish(FormVersion form, PurposeStatement? purpose, IReadOnlyCollection<string> present, DateTimeOffset now)
    {
        if (form.State != FormState.Draft)
            return new Refusal("form.not-a-draft").MendedBy(Mender.You, MendPage.Form);
        var needs = purpose?.Content.Needs.Select(n => n.Code).ToHashSet(StringComparer.Ordinal) ?? [];
        var errors = new FieldErrors();
        foreach (var open in FindingRules.Unanswered(form))
            errors.Add(open);
        foreach (var e in form.Elements)
        {
            if (!IsTied(e, needs))
                errors.Add(new Refusal("form.element-without-need", Principle.DefinedPurpose).At(e.Path).With("element", e.Name).MendedBy(Mender.InformationManagementOfficer, MendPage.Form));
            if (e.Sensitivity is null)
                errors.Add(new Refusal("form.element-unclassified", Principle.DataProtection).At(e.Path).With("element", e.Name).MendedBy(Mender.InformationManagementOfficer, MendPage.Form));
        }

        foreach (var file in FormAttachmentRules.Missing(form, present))
            errors.Add(new Refusal("form.file-missing").With("file", file.Name).MendedBy(Mender.You, MendPage.Form));
        return errors.Any ? errors.All : new FormPublished { At = now };
    }

    /// <summary>Opens a published version again, takes it from phones while late records still come in, or ends it.</summary>
    public static Decision<FormStateSet> Set(FormVersion form, FormState state) =>
        form.State == FormState.Draft ? new Refusal("form.not-published").MendedBy(Mender.You, MendPage.Form)
        : state == FormState.Draft ? new Refusal("form.no-draft-again").MendedBy(Mender.You, MendPage.Form)
        : new FormStateSet { State = state };

    public static Decision<FormClosed> Close(FormVersion form) =>
        form.Accepts ? new FormClosed { Closed = true } : new Refusal("form.not-published");

    /// <summary>An element is tied when a need asks for it, or when it carries consent itself: consent is never asked for a need.</summary>
    public static bool IsTied(Element element, IReadOnlySet<string> needs) =>
        element.Ask is not null
        || element.Role is ElementRole.NoticeLanguage or ElementRole.ConsentGivenBy or ElementRole.ConsentMeans or ElementRole.ReceiptCode or ElementRole.ChildAssent or ElementRole.ConsentWitness or ElementRole.ConsentInterpreter
        || (element.NeedCode is not null && needs.Contains(element.NeedCode));
}
