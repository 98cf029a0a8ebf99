using Amana.Domain.Activities;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Impartiality;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Domain.Templates;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Risk;

namespace Amana.Features.Templates;

/// <summary>
/// Fills what is still empty in an activity from a template, in one commit: purpose, form with classified elements, notice, risks, method, sharing, retention, feedback channel and capacity.
/// Everything passes the rules of its subject; nothing is approved, weighed, published or read by it. Sent twice it fills nothing twice.
/// </summary>
public sealed class StartFromTemplate(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Who plans the activity; becomes the author of what is filled in.</param>
    /// <param name="activity">The activity, in Assess or Design.</param>
    /// <param name="template">Code of a template.</param>
    /// <param name="language">The reader's language, for texts that an activity keeps in one language.</param>
    /// <param name="cancellationToken">Ends the filling.</param>
    /// <returns>How many parts were filled.</returns>
    public async Task<Outcome<int>> Handle(AccessContext who, ActivityId activity, string template, string language, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<int>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        if (TemplateShelf.Find(template) is not { } found)
            return new Refusal("template.unknown").At("Template");
        if (s.Activity.Step > PimStep.Design)
            return new Refusal("template.too-late", Principle.DefinedPurpose).MendedBy(Mender.You, MendPage.Activity);
        var filling = new TemplateFilling(s, found, language, who.Actor.StaffId!.Value, clock.Now());
        var happenings = filling.Plan(db);
        if (filling.Refusals.Count > 0 || !Form(filling, s, happenings))
            return filling.Refusals.ToList();
        if (happenings.Count > 0)
            await ledger.Commit(who, cancellationToken, [new Happening("TemplateUsed", activity).With("template", found.Code).With("version", found.Version), .. happenings]);
        return happenings.Count;
    }

    private bool Form(TemplateFilling filling, ActivitySnapshot s, List<Happening> happenings)
    {
        if (s.Forms.Count > 0)
            return true;
        var template = filling.Template;
        var read = XlsFormUpload.Read(StarterForm.Write(template, s.Activity.Languages, s.Activity.Place), StarterForm.FileName(template), s.Activity.Languages[0]);
        if (!read.IsDone)
            return filling.Refuse(read.Refusals);
        var uploaded = FormRules.Upload(s.Activity, Ids.New<FormVersionId>(clock), read.Result, [], filling.By, clock.Now());
        if (uploaded is not Decision<FormUploaded>.Allowed(var upload))
            return filling.Refuse(uploaded.Refusals);
        var form = FormVersion.Of(upload);
        // A purpose that was there already has needs of its own: then people tie the questions.
        var classified = FormRules.Classify(form, filling.Purpose, s.Purpose is null ? StarterForm.Classify(template, form.Elements) : [.. form.Elements.Select(e => ElementProposals.For(e, null))]);
        if (classified is not Decision<ElementsClassified>.Allowed(var classes))
            return filling.Refuse(classified.Refusals);
        form.Apply(classes);
        db.Add(form);
        db.Add(FormFile.Of(upload));
        happenings.Add(Happening.Of(upload, s.Activity.Id, upload.Id.Value).With("form", form.FormId).With("version", form.Version).With("md5", form.Md5));
        happenings.Add(Happening.Of(classes, s.Activity.Id, upload.Id.Value).With("elements", form.Elements.Count));
        return true;
    }
}

/// <summary>The parts of a template that are words and numbers, each decided by the rule of its subject.</summary>
internal sealed class TemplateFilling(ActivitySnapshot s, ActivityTemplate template, string language, StaffId by, DateTimeOffset now)
{
    public ActivityTemplate Template => template;

    public StaffId By => by;

    public List<Refusal> Refusals { get; } = [];

    /// <summary>The purpose, as it was or as it is now.</summary>
    public PurposeStatement? Purpose { get; private set; } = s.Purpose;

    private DateOnly Today => DateOnly.FromDateTime(now.UtcDateTime);

    private readonly List<Happening> _happenings = [];

    /// <summary>Keeps why a part could not be filled; always false.</summary>
    public bool Refuse(IReadOnlyList<Refusal> refusals)
    {
        Refusals.AddRange(refusals);
        return false;
    }

    /// <summary>Adds to the store whatever the activity lacks.</summary>
    public List<Happening> Plan(AmanaDb db)
    {
        var a = s.Activity;
        if (s.Purpose is null)
            Take(PurposeRules.State(a, Stated(), by, now), c => db.Add(Purpose = PurposeStatement.Of(c)));
        if (a.Retention is null)
            Take(ActivityRules.PlanRetention(a, new RetentionPlan(template.MonthsKept, template.Then, template.RetentionReason.In(language))), a.Apply);
        if (a.Feedback is null)
            Take(ActivityRules.PublishFeedbackChannel(a, new FeedbackChannel(Filled("feedback"), template.Short ? 3 : 7)), a.Apply);
        if (a.Capacity is null)
            Take(ActivityRules.PlanCapacity(a, new CapacityPlan(template.Interviewers, template.InterviewsPerDay, Word("equipment"), Word("budget"))), a.Apply);
        if (s.Notice is null)
            Take(ConsentRules.Write(a, NoticeId.From(Guid.CreateVersion7(now)), 1, Told(), by, now), c => db.Add(Notice.Of(c)));
        if (s.Method is null)
            Take(ImpartialityRules.State(a, Method(), by, now), c => db.Add(MethodStatement.Of(c)));
        if (s.SharingPlan is null)
            Take(SharingRules.Plan(a, [], template.NotSharedBecause.In(language), by, now), c => db.Add(SharingPlan.Of(c)));
        if (s.Risk is null)
            Take(RiskRules.Assess(a, Risks(), by, now, s.Limits.MaxReviewDays), c => db.Add(RiskAssessment.Of(c)));
        return _happenings;
    }

    private void Take<T>(Decision<T> decision, Action<T> apply) where T : Change
    {
        if (decision is not Decision<T>.Allowed(var change))
        {
            Refuse(decision.Refusals);
            return;
        }

        apply(change);
        _happenings.Add(Happening.Of(change, s.Activity.Id));
    }

    private PurposeContent Stated() => new()
    {
        Statement = InAll(template.Purpose), ProtectionOutcome = template.ProtectionOutcome.In(language), CategoriesOfPeople = template.CategoriesOfPeople.In(language), OutOfScope = template.OutOfScope.In(language),
        Decisions = [.. template.Decisions.Select(d => new DecisionServed(d.Code, d.Text.In(language)))],
        Needs = [.. template.Needs.Select(n => new InformationNeed(n.Code, n.Question.In(language), n.Decision, Today.AddDays(template.NeedReviewDays)))],
    };

    private NoticeContent Told() => new()
    {
        Texts = new SortedDictionary<string, NoticeText>(s.Activity.Languages.Where(TemplateShelf.Languages.Contains).ToDictionary(l => l, NoticeIn), StringComparer.Ordinal),
    };

    private NoticeText NoticeIn(string tongue)
    {
        string Part(string name) => Fill(tongue, TemplateShelf.Words("notice." + name).In(tongue));
        return new NoticeText
        {
            WhoAsks = Part(nameof(NoticeText.WhoAsks)), Purpose = template.Purpose.In(tongue), WhatIsCollected = template.WhatIsCollected.In(tongue), WhoWillSee = Part(nameof(NoticeText.WhoWillSee)),
            LimitsOfConfidentiality = Part(nameof(NoticeText.LimitsOfConfidentiality)), Voluntary = Part(nameof(NoticeText.Voluntary)), NoLossOfAid = Part(nameof(NoticeText.NoLossOfAid)),
            HowLongKept = Part(nameof(NoticeText.HowLongKept)), Rights = Part(nameof(NoticeText.Rights)), HowToWithdrawOrComplain = Part(nameof(NoticeText.HowToWithdrawOrComplain)),
            ConsentScript = Part(nameof(NoticeText.ConsentScript)),
        };
    }

    private MethodContent Method()
    {
        string Part(string part) => Word($"method.{template.Method}.{part}");
        var planned = template.Short ? 20 : 60;
        return new MethodContent
        {
            Population = Part("population"), Frame = Part("frame"), Selection = Part("selection"), WhoIsMissed = Part("missed"), KnownLimits = Part("limits"),
            Strata = [.. s.Activity.Population.Select(g => new ExpectedStratum(g, planned))],
        };
    }

    private RiskContent Risks() => new()
    {
        Tolerance = RiskContent.Empty.Tolerance, ReviewOn = Today.AddDays(template.ReviewDays),
        Risks = [.. template.Risks.Select((code, i) => RiskLibrary.Find(code)!.In(language, "R" + (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), by))],
    };

    private LocalText Filled(string key) => new(InAll(TemplateShelf.Words(key)).ByLanguage.Select(t => new KeyValuePair<string, string>(t.Key, Fill(t.Key, t.Value))));

    private LocalText InAll(LocalText words) => new(words.ByLanguage.Where(t => s.Activity.Languages.Contains(t.Key) || t.Key == language && s.Activity.Languages.All(l => !words.Has(l))));

    private string Word(string key) => Fill(language, TemplateShelf.Words(key).In(language));

    private string Fill(string tongue, string words) => words
        .Replace("{organisation}", s.Organisations.FirstOrDefault(o => o.Id == s.Activity.OrganisationId)?.Name ?? "", StringComparison.Ordinal)
        .Replace("{months}", TemplateShelf.Months(tongue, template.MonthsKept), StringComparison.Ordinal);
}
