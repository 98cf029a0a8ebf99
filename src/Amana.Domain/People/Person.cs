using Amana.Domain.Shared;

namespace Amana.Domain.People;

/// <summary>A person whom data is about, as the store knows them: a random id that keys and boxes hang on. No name, no date, nothing else.</summary>
public sealed class Person
{
    private Person() { }

    public Person(PersonId id, ActivityId activityId) => (Id, ActivityId) = (id, activityId);

    public PersonId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
}
