namespace Amana.XForms.Review;

/// <summary>
/// Looks at a form with the eyes of protection: what may harm people, force them, leave them out or spoil their answers, beyond what makes a form work.
/// Findings are proposals for a person: each can be mended or answered with a reason. The same form gives the same findings, in the order of the sheet.
/// </summary>
public static class FormReview
{
    private static readonly Func<ReviewedForm, IEnumerable<FormFinding>>[] s_checks =
    [
        ConsentReview.Of, TopicReview.Of, WordingReview.Of, ChoiceReview.Of, LogicReview.Of, LanguageReview.Of, CoverageReview.Of,
    ];

    /// <summary>All findings, by row and then by rule; those about the form as a whole come first. Empty for a form that asks nothing.</summary>
    public static IReadOnlyList<FormFinding> Of(FormModel form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var reviewed = new ReviewedForm(form);
        if (reviewed.Asked.Count == 0)
            return [];
        return [.. s_checks.SelectMany(check => check(reviewed)).OrderBy(f => f.Place.Row).ThenBy(f => f.Rule, StringComparer.Ordinal)];
    }
}

/// <summary>One question with what reviews look at.</summary>
internal sealed class ReviewedQuestion
{
    public ReviewedQuestion(FormModel form, FormQuestion question, int order, IReadOnlyList<FormSection> within)
    {
        (Question, Order, Within) = (question, order, within);
        Kind = question.Kind;
        Choices = form.ChoicesOf(question);
        Name = Wording.Of(Apart(question.Name));
        Label = Wording.Of(question.Label?.Texts.Select(t => t.Text) ?? []);
        Both = new Wording(Name.Text + Label.Text[1..]);
        Identifies = TopicReview.IdentifierIn(this);
        AsksConsent = ConsentReview.IsConsent(this);
    }

    public FormQuestion Question { get; }
    public int Order { get; }

    /// <summary>The sections around it, the outermost first.</summary>
    public IReadOnlyList<FormSection> Within { get; }

    public QuestionKind Kind { get; }
    public IReadOnlyList<Choice> Choices { get; }

    /// <summary>The name's words.</summary>
    public Wording Name { get; }

    /// <summary>The label's words, all languages.</summary>
    public Wording Label { get; }

    public Wording Both { get; }

    /// <summary>What it tells of who a person is; null for nothing.</summary>
    public string? Identifies { get; }

    public bool AsksConsent { get; }

    public bool IsSelect => Kind is QuestionKind.SelectOne or QuestionKind.SelectMultiple;

    public bool IsRequired => BindWords.YesNo(Question.Required) == true;

    public FormFinding Finding(string rule, FindingSeverity severity, string column, string message, string detail = "") =>
        new(rule, severity, Question.Path, new FormPlace("survey", Question.Row, column), message, detail);

    /// <summary>Names are written together: respondent_name, respondentName, hh-age2.</summary>
    private static string Apart(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) && char.IsLower(name[i - 1]) ? " " + c : c.ToString()));
}

/// <summary>A form with its asked questions in order.</summary>
internal sealed class ReviewedForm
{
    public ReviewedForm(FormModel form)
    {
        Form = form;
        var asked = new List<ReviewedQuestion>();
        Walk(form.Children, [], asked); // sections are at most 50 deep, as the reader promises
        Asked = asked;
        Consent = asked.FirstOrDefault(q => q.AsksConsent);
        FirstPersonal = asked.FirstOrDefault(q => q is { Identifies: not null, AsksConsent: false });
    }

    public FormModel Form { get; }

    /// <summary>What a person sees and answers; notes are not questions.</summary>
    public IReadOnlyList<ReviewedQuestion> Asked { get; }

    public ReviewedQuestion? Consent { get; }
    public ReviewedQuestion? FirstPersonal { get; }

    public static FormFinding Finding(string rule, FindingSeverity severity, string message, string detail = "") => new(rule, severity, "", new FormPlace("survey"), message, detail);

    private void Walk(IReadOnlyList<FormNode> nodes, IReadOnlyList<FormSection> within, List<ReviewedQuestion> asked)
    {
        foreach (var node in nodes)
        {
            if (node is FormSection section)
                Walk(section.Children, [.. within, section], asked);
            else if (node is FormQuestion { IsGenerated: false, IsShown: true, Kind: not QuestionKind.Note and not QuestionKind.Metadata } question)
                asked.Add(new ReviewedQuestion(Form, question, asked.Count, within));
        }
    }
}
