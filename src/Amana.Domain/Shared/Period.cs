namespace Amana.Domain.Shared;

/// <summary>A period of whole days, both ends included.</summary>
public sealed record Period(DateOnly Start, DateOnly End)
{
    public bool Contains(DateOnly day) => Start <= day && day <= End;

    /// <summary>The days that two periods share; 0 when they do not meet.</summary>
    public int SharedDays(Period other)
    {
        var from = Start > other.Start ? Start : other.Start;
        var to = End < other.End ? End : other.End;
        return Math.Max(0, to.DayNumber - from.DayNumber + 1);
    }

    public int Days => End.DayNumber - Start.DayNumber + 1;
}
