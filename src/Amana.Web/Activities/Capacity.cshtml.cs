using Amana.Domain.Activities;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Activities;

/// <summary>Planned workload and means (CC-4).</summary>
[NoPersonalData]
public sealed class CapacityModel(ActivityFrame frame, PlanCapacity plan) : ActivityPage(frame)
{
    public override string TitleKey => "place.capacity";

    [BindProperty]
    public CapacityInput Input { get; set; } = new();

    /// <summary>What people wait for now.</summary>
    public int Matters => Domain.Principles.Competency.OpenMatters(State);

    public int Workers => Domain.Principles.Competency.Workers(State);

    /// <summary>Something stands above the plan.</summary>
    public bool IsAbove => Answers.First(a => a.Rule.Id == Domain.Principles.Competency.Capacity.Id).State == Domain.Principles.RuleState.NotMet;

    public void OnGet()
    {
        if (State.Activity.Capacity is { } planned)
            Input = new CapacityInput { Interviewers = planned.Interviewers, InterviewsPerDay = planned.InterviewsPerDay, Equipment = planned.Equipment, Budget = planned.Budget, OpenMattersPerWorker = planned.OpenMattersPerWorker, InCarePerWorker = planned.InCarePerWorker, BudgetAmount = planned.BudgetAmount, Currency = planned.Currency, Phones = planned.Phones };
    }

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        var missing = new FieldErrors().Must(Input.Interviewers is not null, "Interviewers", "field.required").Must(Input.InterviewsPerDay is not null, "InterviewsPerDay", "field.required");
        if (missing.Any)
            return Refused(missing.All);
        var wanted = new CapacityPlan(Input.Interviewers!.Value, Input.InterviewsPerDay!.Value, Input.Equipment ?? "", Input.Budget ?? "") 
        {
            OpenMattersPerWorker = Input.OpenMattersPerWorker, InCarePerWorker = Input.InCarePerWorker, Phones = Input.Phones, BudgetAmount = Input.BudgetAmount,
            Currency = string.IsNullOrWhiteSpace(Input.Currency) ? null : Input.Currency.Trim().ToUpperInvariant(),
        };
        return Answer(await plan.Handle(Who, ActivityId, wanted, cancellationToken), At("capacity"), "capacity-planned");
    }
}

/// <summary>What the form asks.</summary>
public sealed class CapacityInput
{
    public int? Interviewers { get; set; }
    public int? InterviewsPerDay { get; set; }
    public int? OpenMattersPerWorker { get; set; }
    public int? InCarePerWorker { get; set; }
    public int? Phones { get; set; }
    public decimal? BudgetAmount { get; set; }
    public string? Currency { get; set; }
    public string? Equipment { get; set; }
    public string? Budget { get; set; }
}
