using Amana.Domain.Shared;

namespace Amana.Domain.Capture;

/// <summary>The key pair of an activity to which browsers seal finished records (HPKE, RFC 9180, with P-256). Devices have the public half alone, so they cannot read back what they
/// sealed; the private half lies in a box under the activity's own key and is opened only for a record that arrives.</summary>
public sealed class SealingKey
{
    private SealingKey() { }

    public SealingKeyId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>The public point, uncompressed (65 bytes).</summary>
    public byte[] PublicKey { get; private set; } = [];

    /// <summary>The box with the private half (PKCS #8).</summary>
    public byte[] PrivateBox { get; private set; } = [];

    public DateTimeOffset MadeAt { get; private set; }

    public static SealingKey Of(SealingKeyMade change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, PublicKey = change.PublicKey, PrivateBox = change.PrivateBox, MadeAt = change.At,
    };
}

public sealed record SealingKeyMade : Change
{
    internal SealingKeyMade() { }
    public SealingKeyId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public byte[] PublicKey { get; internal init; } = [];
    public byte[] PrivateBox { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}
