using System.Security.Cryptography;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Vault;

/// <summary>Key pairs of activities for records that phones encrypt: RSA-2048, the kind that ODK clients know. The private half leaves this class never; it is used here and wiped.</summary>
public sealed class SubmissionKeys(AmanaDb db, Safe safe, TimeProvider clock)
{
    /// <summary>The activity's public key in Base64; a pair is made, and made pending, where there is none.</summary>
    public async Task<string> PublicKeyOf(ActivityId activity, CancellationToken cancellationToken)
    {
        if (await Find(activity, cancellationToken) is { } known)
            return known.PublicKey;
        using var pair = RSA.Create(2048);
        var secret = pair.ExportPkcs8PrivateKey();
        var key = SubmissionKey.Of(FormEncryptionRules.Make(activity, Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo()), await safe.SealFile(activity, activity.Value, secret, cancellationToken), clock.Now()));
        CryptographicOperations.ZeroMemory(secret);
        db.Add(key);
        return key.PublicKey;
    }

    /// <summary>Whether the activity has a pair; it goes when the activity's data is disposed of.</summary>
    internal async Task<bool> Has(ActivityId activity, CancellationToken cancellationToken) => await Find(activity, cancellationToken) is not null;

    /// <summary>Opens an envelope with its files; none when it was closed with another key, or is not what its signature says.</summary>
    internal async Task<OpenedEnvelope?> Open(ActivityId activity, PhoneEnvelope envelope, IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        if (await Find(activity, cancellationToken) is not { } key)
            return null;
        var secret = await safe.OpenForIntake(activity, activity.Value, key.PrivateBox, cancellationToken);
        try
        {
            using var pair = RSA.Create();
            pair.ImportPkcs8PrivateKey(secret, out _);
            return envelope.Open(pair, files);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private async Task<SubmissionKey?> Find(ActivityId activity, CancellationToken cancellationToken) =>
        db.Set<SubmissionKey>().Local.FirstOrDefault(k => k.ActivityId == activity) ?? await db.Set<SubmissionKey>().FirstOrDefaultAsync(k => k.ActivityId == activity, cancellationToken);
}
