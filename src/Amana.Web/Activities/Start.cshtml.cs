using Amana.Domain.Activities;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Domain.Templates;
using Amana.Features.Platform;
using Amana.Features.Templates;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Activities;

/// <summary>Starts an activity in Assess.</summary>
[NoPersonalData]
public sealed class StartModel(BeginActivity begin, StartFromTemplate fill, MayStartFor organisations, TimeProvider clock) : StaffPage
{
    [BindProperty]
    public StartInput Input { get; set; } = new();

    public static IReadOnlyList<Choice> Categories { get; } = Vocabulary.Choices<MatrixCategory>(hints: true);

    public static IReadOnlyList<Choice> Groups { get; } = Vocabulary.Choices<PopulationGroup>();

    public static IReadOnlyList<Choice> Levels { get; } = Vocabulary.Choices<SensitivityLevel>(hints: true);

    public static IReadOnlyList<Choice> Languages { get; } =
        [.. new[] { "en", "fr", "es", "ar" }.Select(l => new Choice(l, "vocabulary.Language." + l))];

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    /// <summary>What the plan is filled from; none for an empty plan.</summary>
    public ActivityTemplate? Template => TemplateShelf.Find(Input.Template);

    public async Task OnGet(string? template, CancellationToken cancellationToken)
    {
        if (TemplateShelf.Find(template) is { } chosen)
        {
            var today = clock.Today();
            Input = new StartInput
            {
                Template = chosen.Code, Category = chosen.Category, Level = chosen.Level, Starts = DateParts.Of(today), Ends = DateParts.Of(today.AddDays(chosen.Days)), Languages = [Texts.Language.Code],
            };
        }

        // Made before the form is sent, so that a form sent twice starts one activity.
        Input.Id = Ids.New<ActivityId>(clock).Value;
        Input.Organisation = Who.Actor.OrganisationId?.Value;
        await Choose(cancellationToken);
    }

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        await Choose(cancellationToken);
        var (starts, ends) = (Input.Starts.ToDate(), Input.Ends.ToDate());
        var missing = new FieldErrors()
            .Must(Input.Id != Guid.Empty, "Id", "field.required")
            .Must(Input.Category is not null, "Category", "field.required")
            .Must(Input.Level is not null, "Level", "field.required")
            .Must(Input.Organisation is not null, "Organisation", "field.required")
            .Must(starts is not null, "Starts", "field.required")
            .Must(ends is not null, "Ends", "field.required");
        var languages = Input.Languages.Concat((Input.OtherLanguages ?? "").Split([',', ' ', ';', '،'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var command = new StartActivity(
            new ActivityId(Input.Id), Input.Title ?? "", Input.Category ?? default, new Domain.Activities.Place(Input.Place ?? "", Input.PlaceName ?? ""), Input.Population,
            new Period(starts ?? DateOnly.MinValue, ends ?? DateOnly.MinValue), new OrganisationId(Input.Organisation ?? Guid.Empty), [.. languages], Input.Level ?? default);
        if (missing.Any)
        {
            // What the rules say of the rest is told at the same time.
            var rest = ActivityRules.Start(command, 1, default, clock.Now()).Refusals.Where(r => missing.All.TrueForAll(m => m.Field != r.Field && r.Field != "Period"));
            return Refused([.. missing.All, .. rest]);
        }

        var outcome = await begin.Handle(Who, command, cancellationToken);
        if (!outcome.IsDone)
            return Refused([.. outcome.Refusals.Select(r => r.Field == "Period" ? r.At("Ends") : r)]);
        if (Template is not { } chosen)
            return Done($"/activities/{outcome.Result}", "activity-started");
        var filled = await fill.Handle(Who, command.Id, chosen.Code, Texts.Language.Code, cancellationToken);
        return Answer(filled, $"/activities/{outcome.Result}", "activity-started-from-template");
    }

    private async Task Choose(CancellationToken cancellationToken) =>
        Organisations = (await organisations.Read(Who, cancellationToken)).AsChoices();
}

/// <summary>What the form asks.</summary>
public sealed class StartInput
{
    public Guid Id { get; set; }
    public string? Template { get; set; }
    public string? Title { get; set; }
    public MatrixCategory? Category { get; set; }
    public string? Place { get; set; }
    public string? PlaceName { get; set; }
    public List<PopulationGroup> Population { get; set; } = [];
    public DateParts Starts { get; set; } = new();
    public DateParts Ends { get; set; } = new();
    public List<string> Languages { get; set; } = [];
    public string? OtherLanguages { get; set; }
    public SensitivityLevel? Level { get; set; }
    public Guid? Organisation { get; set; }
}
