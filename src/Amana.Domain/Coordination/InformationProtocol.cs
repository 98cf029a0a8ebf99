using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Coordination;

/// <summary>The operation's information sharing protocol: what it is for, and for each type of data its sensitivity here and the channel by which it may go.
/// Sensitivity depends on the context and changes with it, so the protocol has a date on which it is looked at again.</summary>
public sealed class InformationProtocol
{
    private InformationProtocol() { }

    public OperationId OperationId { get; private set; }

    /// <summary>Counts each version from 1.</summary>
    public int Version { get; private set; }

    public ProtocolContent Content { get; private set; } = ProtocolContent.Empty;
    public StaffId WrittenBy { get; private set; }
    public DateTimeOffset WrittenAt { get; private set; }

    public static InformationProtocol Of(ProtocolWritten change)
    {
        var protocol = new InformationProtocol { OperationId = change.OperationId };
        protocol.Apply(change);
        return protocol;
    }

    public void Apply(ProtocolWritten change) => (Version, Content, WrittenBy, WrittenAt) = (Version + 1, change.Content, change.By, change.At);
}

/// <summary>Purpose, rows and the next review.</summary>
public sealed record ProtocolContent
{
    public static ProtocolContent Empty { get; } = new();

    public string Purpose { get; init; } = "";

    /// <summary>What happens when somebody breaks it: established together, then mended, changed or ended (PIM Framework for Data Sharing in Practice, trust statement).</summary>
    public string OnBreach { get; init; } = "";

    public IReadOnlyList<SensitivityRow> Rows { get; init; } = [];
    public DateOnly ReviewOn { get; init; }

    public bool SaysTheSame(ProtocolContent other) => (Purpose, OnBreach, ReviewOn) == (other.Purpose, other.OnBreach, other.ReviewOn) && Rows.SequenceEqual(other.Rows);
}

/// <summary>A type of data, its level in this context, and by which channel it may go to whom.</summary>
public sealed record SensitivityRow(string DataType, Activities.SensitivityLevel Level, string Channel);

public sealed record ProtocolWritten : Change
{
    internal ProtocolWritten() { }
    public OperationId OperationId { get; internal init; }
    public ProtocolContent Content { get; internal init; } = ProtocolContent.Empty;
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Writing the protocol.</summary>
public static class ProtocolRules
{
    public static Decision<ProtocolWritten> Write(OperationId operation, ProtocolContent content, StaffId by, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text(nameof(content.Purpose), content.Purpose, 2000).Text(nameof(content.OnBreach), content.OnBreach, 2000)
            .Must(content.Rows.Count > 0, nameof(content.Rows), "protocol.no-row", Principle.Coordination)
            .Must(content.Rows.All(r => r.DataType.Trim().Length is > 0 and <= 200 && r.Channel.Trim().Length is > 0 and <= 300), nameof(content.Rows), "protocol.row-incomplete", Principle.Coordination)
            .Must(content.ReviewOn > DateOnly.FromDateTime(now.UtcDateTime), nameof(content.ReviewOn), "protocol.review-date-passed", Principle.Coordination);
        return errors.Any ? errors.All : new ProtocolWritten { OperationId = operation, Content = content, By = by, At = now };
    }
}
