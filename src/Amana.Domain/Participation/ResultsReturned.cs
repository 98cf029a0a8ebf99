using Amana.Domain.Activities;
using Amana.Domain.Shared;

namespace Amana.Domain.Participation;

/// <summary>The results given back to those who gave the data (PC-5).</summary>
public sealed class ResultsReturned
{
    private ResultsReturned() { }

    public ConsultationId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public DateOnly On { get; private set; }
    public string How { get; private set; } = "";
    public string What { get; private set; } = "";
    public IReadOnlyList<PopulationGroup> ToWhom { get; private set; } = [];

    public static ResultsReturned Of(ResultsGivenBack change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, On = change.On, How = change.How, What = change.What, ToWhom = change.ToWhom,
    };
}

public sealed record ResultsGivenBack : Change
{
    internal ResultsGivenBack() { }
    public ConsultationId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public DateOnly On { get; internal init; }
    public string How { get; internal init; } = "";
    public string What { get; internal init; } = "";
    public IReadOnlyList<PopulationGroup> ToWhom { get; internal init; } = [];
}

public sealed record ReturnResults(ConsultationId Id, DateOnly On, string How, string What, IReadOnlyList<PopulationGroup> ToWhom);
