using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Domain.Templates;
using Amana.Features.Vocabularies;
using Amana.XForms.Workbooks;

namespace Amana.Features.Templates;

/// <summary>
/// The starter form of a template as an XLSForm workbook: notice and consent first, each yes asked apart, sex and age, the Washington Group Short Set, then the template's own questions.
/// Choice lists come from the vocabularies where there is one.
/// </summary>
internal sealed class StarterForm
{
    private static readonly Dictionary<string, string> LanguageNames = new(StringComparer.Ordinal) { ["en"] = "English (en)", ["fr"] = "French (fr)", ["es"] = "Spanish (es)", ["ar"] = "Arabic (ar)" };

    private readonly ActivityTemplate _template;
    private readonly IReadOnlyList<string> _languages;
    private readonly List<IReadOnlyList<object?>> _survey = [];
    private readonly List<IReadOnlyList<object?>> _choices = [];
    private readonly HashSet<string> _lists = new(StringComparer.Ordinal);

    private StarterForm(ActivityTemplate template, IReadOnlyList<string> languages)
    {
        (_template, _languages) = (template, languages);
        _survey.Add(["type", "name", .. Headings("label"), "required", "relevant", "constraint", .. Headings("constraint_message"), "appearance"]);
        _choices.Add(["list_name", "name", .. Headings("label")]);
    }

    /// <summary>Name of the file that a person sees.</summary>
    public static string FileName(ActivityTemplate template) => template.Code + ".xlsx";

    /// <param name="template">What is asked.</param>
    /// <param name="languages">Language tags, the first is the form's own; those that templates do not speak are left out.</param>
    /// <param name="place">The activity's place, offered first; none for a form that is not yet of an activity.</param>
    public static byte[] Write(ActivityTemplate template, IEnumerable<string> languages, Place? place = null)
    {
        List<string> spoken = [.. languages.Where(TemplateShelf.Languages.Contains)];
        var form = new StarterForm(template, spoken.Count == 0 ? ["en"] : spoken);
        form.Consent();
        form.Person(place);
        form.Body();
        return SpreadsheetWriter.Write(
            new SheetToWrite("survey", form._survey), new SheetToWrite("choices", form._choices),
            new SheetToWrite("settings", [["form_title", "form_id", "version", "default_language"],
                [template.Name.In(form._languages[0]), template.Code.Replace('-', '_'), template.Version, LanguageNames[form._languages[0]]]]));
    }

    /// <summary>What each element is for (DP-2, SEC-1), for the elements as the engine read them from <see cref="Write"/>.</summary>
    public static IReadOnlyList<ClassifyElement> Classify(ActivityTemplate template, IEnumerable<Element> elements)
    {
        var asked = template.Questions.ToDictionary(q => q.Name, StringComparer.Ordinal);
        var (first, last) = (template.Needs[0].Code, template.Needs[^1].Code);
        return
        [
            .. elements.Select(e => asked.TryGetValue(e.Name, out var q)
                ? new ClassifyElement(e.Path, q.Need, q.Sensitivity, ElementRole.None, null, null, q.UrgentNeed)
                : ElementProposals.For(e, e.Name is "full_name" or "safe_contact_phone" or "place" ? first : last)),
        ];
    }

    private void Consent()
    {
        Ask("today", "interview_date", null);
        Ask("note", "intro", Word("intro"));
        Ask("select_one language", "notice_language", Word("notice_language"), required: true);
        List("language", [.. _languages.Select(l => new TemplateChoice(l, Word("language." + l)))]);
        Ask("select_one yes_no", "consent", Word("consent"), required: true);
        List("yes_no", Words("yes", "no"));
        const string Yes = "${consent} = 'yes'";
        Ask("select_one giver", "consent_given_by", Word("consent_given_by"), required: true, relevant: Yes);
        List("giver", [.. new[] { "self", "caregiver_with_assent", "representative" }.Select(c => new TemplateChoice(c, Word("giver." + c)))]);
        Ask("select_one means", "consent_means", Word("consent_means"), required: true, relevant: Yes);
        List("means", [.. new[] { "spoken", "spoken_with_witness", "signature", "thumbprint" }.Select(c => new TemplateChoice(c, Word("means." + c)))]);
        Ask("select_one yes_no", "consent_sharing", Word("consent_sharing"), required: true, relevant: Yes);
        if (_template.UrgentNeeds.Any())
            Ask("select_one yes_no", "consent_referral", Word("consent_referral"), required: true, relevant: Yes);
    }

    private void Person(Place? place)
    {
        Ask("begin group", "person", Word("person"), relevant: "${consent} = 'yes'");
        if (_template.Identity)
        {
            Ask("text", "full_name", Word("full_name"));
            Ask("text", "safe_contact_phone", Word("safe_contact_phone"));
        }

        if (place is not null)
        {
            Ask("select_one place", "place", Word("place"), required: true);
            List("place", [new TemplateChoice(CodeOf(place.Code), LocalText.English(place.Name.Length > 0 ? place.Name : place.Code)), new TemplateChoice("other", Word("other"))]);
        }

        Ask("select_one sex", "sex", Word("sex"), required: true);
        Vocabulary("sex", "sex");
        if (_template.Short)
        {
            Ask("select_one age", "age_group", Word("age_group"), required: true);
            Vocabulary("age", "age-unhcr");
        }
        else
        {
            Ask("integer", "age", Word("age"), required: true, constraint: ". >= 0 and . <= 120", message: Word("age.constraint"));
        }

        Ask("end group", "", null);
        Ask("begin group", "wgss", Word("wgss"), relevant: "${consent} = 'yes' and " + (_template.Short ? "${age_group} != '0-4'" : "${age} >= 5"), appearance: "field-list");
        foreach (var domain in VocabularyShelf.Find("wgss-domains")!.Current)
            Ask("select_one difficulty", domain.Code, domain.Label, required: true);
        Vocabulary("difficulty", "wgss-answers");
        Ask("end group", "", null);
    }

    private void Body()
    {
        Ask("begin group", "body", Word("body"), relevant: "${consent} = 'yes'");
        foreach (var q in _template.Questions)
        {
            var list = q.Vocabulary ?? q.List;
            Ask(list is null ? q.Type : $"{q.Type} {list.Replace('-', '_')}", q.Name, q.Label, q.Required, q.Relevant,
                q.Type == "integer" ? ". >= 0 and . <= 100000" : null, null, q.Type == "text" ? "multiline" : null);
            if (q.Vocabulary is { } vocabulary)
                Vocabulary(vocabulary.Replace('-', '_'), vocabulary, openEnd: true);
            else if (q.List == "yes_no_pns")
                List("yes_no_pns", Words("yes", "no", "pns"));
            else if (q.List is { } own)
                List(own, [.. _template.Lists[own], .. OpenEnd(_template.Lists[own].Select(c => c.Code))]);
        }

        Ask("end group", "", null);
    }

    /// <summary>No list forces an answer: "does not know" and "prefer not to say" close each.</summary>
    private static IEnumerable<TemplateChoice> OpenEnd(IEnumerable<string> codes)
    {
        var there = codes.ToHashSet(StringComparer.Ordinal);
        return Words("dk", "pns").Where(c => !there.Contains(c.Code));
    }

    private void Vocabulary(string list, string code, bool openEnd = false)
    {
        var terms = VocabularyShelf.Find(code)!.Current.Select(t => new TemplateChoice(t.Code, t.Label)).ToList();
        List(list, openEnd ? [.. terms, .. OpenEnd(terms.Select(t => t.Code))] : terms);
    }

    private void List(string name, IReadOnlyList<TemplateChoice> choices)
    {
        if (!_lists.Add(name))
            return;
        foreach (var choice in choices)
            _choices.Add([name, choice.Code, .. In(choice.Label)]);
    }

    private void Ask(string type, string name, LocalText? label, bool required = false, string? relevant = null, string? constraint = null, LocalText? message = null, string? appearance = null) =>
        _survey.Add([type, name, .. In(label), required ? "yes" : null, relevant, constraint, .. In(message), appearance]);

    private IEnumerable<object?> In(LocalText? text) => _languages.Select(l => text?.In(l));

    private IEnumerable<object?> Headings(string column) => _languages.Select(l => $"{column}::{LanguageNames[l]}");

    private static LocalText Word(string key) => TemplateShelf.Words("form." + key);

    private static List<TemplateChoice> Words(params string[] codes) => [.. codes.Select(c => new TemplateChoice(c, Word(c)))];

    private static string CodeOf(string place) => new([.. place.Select(c => char.IsWhiteSpace(c) ? '_' : c)]);
}
