using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Coordination;

/// <summary>A service of the operation's directory: for which need, where, by whom, how it is reached, and when somebody last found it alive.</summary>
public sealed class ServicePoint
{
    private ServicePoint() { }

    public ServiceId Id { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>A code of the vocabulary <c>service-kinds</c>.</summary>
    public string Kind { get; private set; } = "";

    public OrganisationId OrganisationId { get; private set; }
    public Place Place { get; private set; } = Place.Unknown;
    public string HowReached { get; private set; } = "";
    public string ForWhom { get; private set; } = "";

    /// <summary>When it is open; empty where nobody said.</summary>
    public string Hours { get; private set; } = "";

    /// <summary>How many people a week it can take; none where nobody said.</summary>
    public int? PeopleAWeek { get; private set; }

    public bool Live { get; private set; }
    public DateOnly CheckedOn { get; private set; }

    public static ServicePoint Of(ServiceListed change) => new()
    {
        Id = change.Id, Name = change.Name, Kind = change.Kind, OrganisationId = change.OrganisationId, Place = change.Place, HowReached = change.HowReached, ForWhom = change.ForWhom, Hours = change.Hours, PeopleAWeek = change.PeopleAWeek, Live = true, CheckedOn = change.On,
    };

    public void Apply(ServiceChecked change) => (Live, CheckedOn) = (change.Live, change.On);

    /// <summary>Nobody looked for longer than this: it may be gone.</summary>
    public bool IsStale(DateOnly today) => CheckedOn.AddDays(ServiceRules.CheckDays) < today;
}

public sealed record ServiceListed : Change
{
    internal ServiceListed() { }
    public ServiceId Id { get; internal init; }
    public string Name { get; internal init; } = "";
    public string Kind { get; internal init; } = "";
    public OrganisationId OrganisationId { get; internal init; }
    public Place Place { get; internal init; } = Place.Unknown;
    public string HowReached { get; internal init; } = "";
    public string ForWhom { get; internal init; } = "";
    public string Hours { get; internal init; } = "";
    public int? PeopleAWeek { get; internal init; }
    public DateOnly On { get; internal init; }
}

public sealed record ServiceChecked : Change
{
    internal ServiceChecked() { }
    public bool Live { get; internal init; }
    public DateOnly On { get; internal init; }
}

public sealed record ListServicePoint(ServiceId Id, string Name, string Kind, OrganisationId OrganisationId, Place Place, string HowReached, string ForWhom)
{
    public string Hours { get; init; } = "";
    public int? PeopleAWeek { get; init; }
}

/// <summary>Keeping the directory.</summary>
public static class ServiceRules
{
    /// <summary>Days after which a service is to be checked again.</summary>
    public const int CheckDays = 14;

    public static Decision<ServiceListed> List(ListServicePoint command, DateOnly today)
    {
        var errors = new FieldErrors().Text(nameof(command.Name), command.Name, 200).Text(nameof(command.Kind), command.Kind, 40).Text(nameof(command.HowReached), command.HowReached, 500)
            .Text(nameof(command.ForWhom), command.ForWhom, 300, required: false).Text(nameof(command.Hours), command.Hours, 200, required: false)
            .Must(command.PeopleAWeek is null or (>= 1 and <= 100_000), nameof(command.PeopleAWeek), "service.capacity-out-of-range", Principle.Coordination)
            .Must(command.Place.Code.Trim().Length > 0, nameof(command.Place), "service.place-missing", Principle.Coordination);
        return errors.Any ? errors.All : new ServiceListed
        {
            Id = command.Id, Name = command.Name.Trim(), Kind = command.Kind, OrganisationId = command.OrganisationId, Place = new Place(command.Place.Code.Trim(), command.Place.Name.Trim()),
            HowReached = command.HowReached.Trim(), ForWhom = command.ForWhom.Trim(), Hours = command.Hours.Trim(), PeopleAWeek = command.PeopleAWeek, On = today,
        };
    }

    public static Decision<ServiceChecked> Check(ServicePoint service, bool live, DateOnly today) =>
        today < service.CheckedOn ? new Refusal("service.checked-in-future", Principle.Coordination) : new ServiceChecked { Live = live, On = today };
}
