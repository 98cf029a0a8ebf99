namespace Amana.Features.Platform.Witnesses;

/// <summary>Another house that signs our checkpoints when it saw that our ledger only grew. It is asked over HTTP (C2SP tlog-witness).</summary>
public sealed class LedgerWitness
{
    private LedgerWitness() { }

    internal LedgerWitness(Guid id, string name, Uri address, string key) => (Id, Name, Address, Key) = (id, name, address.ToString(), key);

    public Guid Id { get; private set; }

    /// <summary>Which house it is, such as the organisation that runs it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Where it takes checkpoints; requests go to <c>/witness/add-checkpoint</c> below.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Its public key (vkey of type 0x04).</summary>
    public string Key { get; private set; } = "";

    /// <summary>Entries of our ledger that it signed for.</summary>
    public long Size { get; private set; }

    public DateTimeOffset? SignedAt { get; private set; }
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>Why the last asking failed, as a code; none when it signed.</summary>
    public string? Problem { get; private set; }

    internal void Signed(long size, DateTimeOffset signed, DateTimeOffset now) => (Size, SignedAt, AskedAt, Problem) = (size, signed, now, null);

    internal void Failed(string problem, DateTimeOffset now) => (Problem, AskedAt) = (problem, now);
}

/// <summary>Another house's ledger that this house is a witness of: its key, and the last checkpoint that was found to only add to the one before.</summary>
public sealed class WatchedLedger
{
    private WatchedLedger() { }

    internal WatchedLedger(string origin, string name, string key, DateTimeOffset since) => (Origin, Name, Key, Since) = (origin, name, key, since);

    /// <summary>The ledger's identity, as its checkpoints name it.</summary>
    public string Origin { get; private set; } = "";

    public string Name { get; private set; } = "";
    public string Key { get; private set; } = "";
    public DateTimeOffset Since { get; private set; }
    public long Size { get; private set; }

    /// <summary>The last checkpoint's text; empty before the first.</summary>
    public string Text { get; private set; } = "";

    public DateTimeOffset? SeenAt { get; private set; }

    /// <summary>When a checkpoint came, truly signed, that does not fit the one before: that house rewrote its ledger.</summary>
    public DateTimeOffset? ContradictedAt { get; private set; }

    internal void Saw(long size, string text, DateTimeOffset now) => (Size, Text, SeenAt) = (size, text, now);

    internal void Contradicted(DateTimeOffset now) => ContradictedAt ??= now;
}
