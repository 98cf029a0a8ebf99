using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Principles;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Principles;

/// <summary>One rule as this activity keeps it: what it asks and why, how it stands and since when, what to do, who was asked, and how it stood over time.</summary>
[NoPersonalData]
public sealed class OneRuleModel(ActivityFrame frame, RuleHistoryOfActivity history, StaffDirectory staff) : ActivityPage(frame)
{
    public override string TitleKey => "one-rule.title";

    [BindProperty(SupportsGet = true)]
    public string? Rule { get; set; }

    [BindProperty]
    public AskInput Input { get; set; } = new();

    /// <summary>None when there is no such rule; the page is then not found.</summary>
    public RuleAnswer? Current => Answers.FirstOrDefault(a => string.Equals(a.Rule.Id, Rule, StringComparison.OrdinalIgnoreCase));

    public RuleHistory History { get; private set; } = new([], []);

    public IReadOnlyList<ListedStaff> Staff { get; private set; } = [];

    public MendRequest? Asked => History.Asked(Current!.Rule.Id);

    public bool MayPlan => Authority.MayPlan(State, Who.Actor).Count == 0;

    public IEnumerable<Choice> People => Staff.Where(s => s.Active).Select(s => new Choice(s.Id.Value.ToString(), $"{s.Name} ({s.Organisation})"));

    public string? Why => Current!.NotApplicableBecause is { } reason ? Texts.Has("notapplicable." + reason) ? Texts.Plain("notapplicable." + reason) : reason : null;

    public string Bites => Texts.List(
    [
        .. Current!.Rule.Gates.Select(s => Texts.Plain("rules.bites.step", new { step = Texts.Plain("step." + s) })),
        .. Current.Rule.Guards.Select(o => Texts.Plain($"operation.{o}.name")),
    ]);

    public string Operations(IEnumerable<Operation> operations) => Texts.List([.. operations.Select(o => Texts.Plain($"operation.{o}.name"))]);

    public ShownRefusal Show(Refusal gap) => Mends.Show(gap, Number);

    public string Name(StaffId id) => Staff.FirstOrDefault(s => s.Id == id)?.Name ?? "";

    public async Task<IActionResult> OnGet(CancellationToken cancellationToken)
    {
        if (Current is null)
            return NotFound();
        await Load(cancellationToken);
        Input.DueOn = DateParts.Of(State.Today.AddDays(State.Limits.FindingDays));
        return Page();
    }

    public async Task<IActionResult> OnPost([FromServices] AskToMend ask, CancellationToken cancellationToken)
    {
        if (Current is null)
            return NotFound();
        await Load(cancellationToken);
        List<Refusal> missing = [];
        if (Input.Owner is null)
            missing.Add(new Refusal("field.required").At("Owner"));
        if (Input.DueOn.ToDate() is null)
            missing.Add(new Refusal("field.required").At("DueOn"));
        return missing.Count > 0 ? Refused(missing)
            : Answer(await ask.Handle(Who, ActivityId, Current.Rule.Id, new StaffId(Input.Owner!.Value), Input.DueOn.ToDate()!.Value, cancellationToken), At("rules/" + Current.Rule.Id), "mend-asked");
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        History = await history.Read(ActivityId, Current!.Rule.Id, cancellationToken);
    }
}

/// <summary>Who is asked, and by when.</summary>
public sealed class AskInput
{
    public Guid? Owner { get; set; }
    public DateParts DueOn { get; set; } = new();
}
