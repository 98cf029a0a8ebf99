namespace Amana.Features.Demo;

/// <summary>A clock that the made-up story sets, so that an activity of last spring has the dates of last spring.</summary>
public sealed class StoryClock(TimeProvider real) : TimeProvider
{
    private DateTimeOffset? _at;

    public DateTimeOffset Real => real.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _at ?? real.GetUtcNow();

    /// <summary>Sets the story's moment, counted in days before now; later acts never go back before earlier ones of the same teller.</summary>
    public void DaysAgo(double days) => _at = real.GetUtcNow().AddDays(-days);

    public void At(DateTimeOffset at) => _at = at;
}
