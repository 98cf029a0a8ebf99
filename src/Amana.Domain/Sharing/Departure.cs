using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>Something about people that left the house, by whatever path: for which need, to whom, how much, at what risk, approved by whom, with the hash by which it is known (CO-4). A line of the
/// register; it holds no data about people.</summary>
public sealed class Departure
{
    private Departure() { }

    public DepartureId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public DeparturePath Path { get; private set; }
    public string NeedCode { get; private set; } = "";

    /// <summary>The recipient; none for what own staff took.</summary>
    public OrganisationId? RecipientId { get; private set; }

    public ReleaseId? ReleaseId { get; private set; }

    /// <summary>Which copy of the release.</summary>
    public int? Copy { get; private set; }

    public int Records { get; private set; }

    /// <summary>The smallest group in it, where it was measured.</summary>
    public int? SmallestGroup { get; private set; }

    public StaffId? ApprovedBy { get; private set; }
    public string? Hash { get; private set; }
    public StaffId By { get; private set; }
    public DateTimeOffset At { get; private set; }

    public static Departure Of(DepartureMade change) => new()
    {
        Id = change.Id, ActivityId = change.Note.ActivityId, Path = change.Note.Path, NeedCode = change.Note.NeedCode, RecipientId = change.Note.Release?.RecipientId, ReleaseId = change.Note.Release?.Id,
        Copy = change.Note.Copy?.Number, Records = change.Note.Records, SmallestGroup = change.Note.Release?.Risk.SmallestGroup, ApprovedBy = change.Note.Release?.DecidedBy,
        Hash = change.Note.Copy?.PackageHash, By = change.By, At = change.At,
    };
}

/// <summary>By which path something left: a package, a file of answers, a feed, or paper.</summary>
public enum DeparturePath { Package, WorkingCopy, Feed, Print }

/// <summary>What left.</summary>
public sealed record DepartureNote(ActivityId ActivityId, DeparturePath Path, string NeedCode, int Records, Release? Release = null, ReleaseCopy? Copy = null);

public sealed record DepartureMade : Change
{
    internal DepartureMade() { }
    public DepartureId Id { get; internal init; }
    public DepartureNote Note { get; internal init; } = null!;
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}
