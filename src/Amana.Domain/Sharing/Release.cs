using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>Data that leaves: to whom, under which agreement, for which purpose, at what risk, and the hash of the file (CO-4). Made by one person, approved by another.</summary>
public sealed class Release
{
    private Release() { }

    public ReleaseId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public AgreementId AgreementId { get; private set; }
    public OrganisationId RecipientId { get; private set; }

    /// <summary>The purpose it was made for, in the agreement's and the activity's terms (DP-4): the code of an information need.</summary>
    public string NeedCode { get; private set; } = "";

    public string Title { get; private set; } = "";
    public MeasuredRisk Risk { get; private set; } = null!;

    /// <summary>Who will be able to see it.</summary>
    public ReleaseAudience Audience { get; private set; }

    /// <summary>What IMP-4 asks of every figure that leaves; n is measured.</summary>
    public ReleaseNote MethodNote { get; private set; } = ReleaseNote.Empty;

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public string FileHash { get; private set; } = "";

    public ReleaseState State { get; private set; }
    public StaffId ProposedBy { get; private set; }
    public DateTimeOffset ProposedAt { get; private set; }
    public StaffId? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecisionReason { get; private set; }

    public static Release Of(ReleaseProposed change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, AgreementId = change.AgreementId, RecipientId = change.RecipientId, NeedCode = change.NeedCode, Title = change.Title,
        Risk = change.Risk, Audience = change.Audience, MethodNote = change.MethodNote, FileHash = change.FileHash, State = ReleaseState.Proposed, ProposedBy = change.By, ProposedAt = change.At,
    };

    public void Apply(ReleaseDecided change) =>
        (State, DecidedBy, DecidedAt, DecisionReason) = (change.Approved ? ReleaseState.Approved : ReleaseState.Declined, change.By, change.At, change.Reason);
}

/// <summary>The file of a release, sealed under the activity's key. It goes with the activity's data; what was shared with whom stays known.</summary>
public sealed class ReleaseFile
{
    private ReleaseFile() { }

    public ReleaseId ReleaseId { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public byte[] Box { get; private set; } = [];

    public static ReleaseFile Of(ReleaseProposed change) => new() { ReleaseId = change.Id, ActivityId = change.ActivityId, Box = change.FileBox };
}

/// <summary>What a release's figures stand on, in words: of whom the records are, how people were chosen, how many of those planned were reached, and what is known to be missing (IMP-4). How many records there are is measured,
/// not written.</summary>
public sealed record ReleaseNote(string Base, string Method, string Coverage, string Limits)
{
    public static ReleaseNote Empty { get; } = new("", "", "", "");

    /// <summary>Longest part, in characters.</summary>
    public const int MostLetters = 2000;

    private IEnumerable<(NotePart Part, string Words)> Parts => [(NotePart.Base, Base), (NotePart.Method, Method), (NotePart.Coverage, Coverage), (NotePart.Limits, Limits)];

    /// <summary>Parts that say nothing: empty, or a word or two to fill the field.</summary>
    public IReadOnlyList<NotePart> Unsaid => [.. Parts.Where(p => !Wording.SaysSomething(p.Words)).Select(p => p.Part)];

    /// <summary>The parts one by one, as they are read.</summary>
    public IReadOnlyList<string> Lines => [.. Parts.Select(p => p.Words).Where(w => w.Length > 0)];

    internal ReleaseNote Trimmed() => new(Base.Trim(), Method.Trim(), Coverage.Trim(), Limits.Trim());
}

/// <summary>Parts of the note of a release.</summary>
public enum NotePart { Base, Method, Coverage, Limits }

public enum ReleaseState { Proposed, Approved, Declined }

/// <summary>What was measured on the file as it would leave.</summary>
/// <param name="Keys">The key variables, by name.</param>
/// <param name="Columns">All columns in the file.</param>
/// <param name="Rows">Records in the file.</param>
/// <param name="SmallestGroup">k: the size of the smallest group that shares all keys.</param>
/// <param name="Threshold">The k that the agreement or the operation asks.</param>
/// <param name="Violators">Records in groups smaller than the threshold.</param>
/// <param name="GlobalRisk">Expected share of records re-identified (Franconi and Polettini 2004), 0 to 1.</param>
/// <param name="HighestRisk">The risk of the record that is easiest to find, 0 to 1.</param>
/// <param name="GlobalLimit">The greatest global risk that is allowed; none where it does not bind.</param>
/// <param name="RecordLimit">The greatest risk of a record that is allowed; none where it does not bind.</param>
/// <param name="Telling">Columns that tell, beside figures that were shown, about a few people; none where it was not measured.</param>
public sealed record MeasuredRisk(
    IReadOnlyList<string> Keys, IReadOnlyList<string> Columns, int Rows, int SmallestGroup, int Threshold, int Violators, double GlobalRisk,
    double HighestRisk = 0, double? GlobalLimit = null, double? RecordLimit = null, IReadOnlyList<ColumnTelling>? Telling = null)
{
    /// <summary>Every limit is kept.</summary>
    public bool Holds => Keys.Count > 0 && Rows > 0 && SmallestGroup >= Threshold && !(GlobalRisk > GlobalLimit) && !(HighestRisk > RecordLimit);
}

/// <summary>A column of a file that tells together with figures shown before: in so many of its values the difference is fewer people than the limit.</summary>
public sealed record ColumnTelling(string Column, int Values);

public sealed record ReleaseProposed : Change
{
    internal ReleaseProposed() { }
    public ReleaseId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public AgreementId AgreementId { get; internal init; }
    public OrganisationId RecipientId { get; internal init; }
    public string NeedCode { get; internal init; } = "";
    public string Title { get; internal init; } = "";
    public MeasuredRisk Risk { get; internal init; } = null!;
    public ReleaseAudience Audience { get; internal init; }
    public ReleaseNote MethodNote { get; internal init; } = ReleaseNote.Empty;
    public string FileHash { get; internal init; } = "";
    public byte[] FileBox { get; internal init; } = [];
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record ReleaseDecided : Change
{
    internal ReleaseDecided() { }
    public bool Approved { get; internal init; }
    public string Reason { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record ProposeRelease(ReleaseId Id, AgreementId AgreementId, string NeedCode, string Title, ReleaseNote MethodNote, string FileHash, byte[] FileBox, ReleaseAudience Audience = ReleaseAudience.Partner);
