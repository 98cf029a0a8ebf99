using Amana.Domain.Shared;

namespace Amana.Domain.Forms;

/// <summary>An activity's key pair for records that are encrypted on the phone (ODK encrypted forms): the public half goes into forms, the private half stays sealed in the vault.</summary>
public sealed class SubmissionKey
{
    private SubmissionKey() { }

    public ActivityId ActivityId { get; private set; }

    /// <summary>RSA-2048, SubjectPublicKeyInfo in Base64, as XForms carry it.</summary>
    public string PublicKey { get; private set; } = "";

    /// <summary>The private half (PKCS #8), sealed under the activity's key.</summary>
    public byte[] PrivateBox { get; private set; } = [];

    public DateTimeOffset MadeAt { get; private set; }

    public static SubmissionKey Of(SubmissionKeyMade change) => new() { ActivityId = change.ActivityId, PublicKey = change.PublicKey, PrivateBox = change.PrivateBox, MadeAt = change.At };
}

/// <summary>A part of an encrypted record that waits, sealed, until the rest of it has come: only the whole can be opened and its signature checked.</summary>
public sealed class AwaitedPart
{
    private AwaitedPart() { }

    public AwaitedPart(Guid id, ActivityId activityId, byte[] instanceIndex, byte[] nameIndex, byte[] box, DateTimeOffset at) =>
        (Id, ActivityId, InstanceIndex, NameIndex, Box, At) = (id, activityId, instanceIndex, nameIndex, box, at);

    public Guid Id { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>Keyed hashes of the record's id and of the file's name.</summary>
    public byte[] InstanceIndex { get; private set; } = [];

    public byte[] NameIndex { get; private set; } = [];
    public byte[] Box { get; private set; } = [];
    public DateTimeOffset At { get; private set; }
}

public sealed record SubmissionKeyMade : Change
{
    internal SubmissionKeyMade() { }
    public ActivityId ActivityId { get; internal init; }
    public string PublicKey { get; internal init; } = "";
    public byte[] PrivateBox { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}

/// <summary>A draft was written anew, with or without the activity's public key in it.</summary>
public sealed record FormEncryptionSet : Change
{
    internal FormEncryptionSet() { }
    public bool Encrypts { get; internal init; }
    public string XForm { get; internal init; } = "";
    public string Md5 { get; internal init; } = "";
}

/// <summary>Encryption on the phone.</summary>
public static class FormEncryptionRules
{
    public static SubmissionKeyMade Make(ActivityId activity, string publicKey, byte[] privateBox, DateTimeOffset now) =>
        new() { ActivityId = activity, PublicKey = publicKey, PrivateBox = privateBox, At = now };

    /// <summary>Only a draft is switched: phones that have a published version would otherwise not agree with it.</summary>
    public static Decision<FormEncryptionSet> Set(FormVersion form, ReadForm written) =>
        form.State != FormState.Draft
            ? new Refusal("form.not-a-draft").MendedBy(Mender.You, MendPage.Form)
            : new FormEncryptionSet { Encrypts = written.Encrypts, XForm = written.XForm, Md5 = written.Md5 };
}
