using Amana.Domain.Consent;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Consent;

/// <summary>Codes on consent receipts: from a slip that was printed beforehand and typed into the form, or made here. Sixty bits; only a keyed hash is kept.
/// A made code follows from the submission's id, so a repeated submission is answered with the same one.</summary>
public sealed class ReceiptCodes(AmanaDb db, Safe safe)
{
    private const int Length = 12;

    /// <summary>The code and its index for a submission.</summary>
    public async Task<(string? Code, byte[] Index)> For(ActivityId activity, string instanceId, string? fromSlip, CancellationToken cancellationToken)
    {
        var typed = Ids.Normalise(Bare(fromSlip ?? ""));
        if (typed.Length >= 8 && !await db.Set<PersonConsent>().AnyAsync(c => c.ReceiptIndex == IndexOf(typed), cancellationToken))
            return (Written(typed), IndexOf(typed)); // a slip used twice would mix two people up: the second gets a code of its own
        var made = Ids.CodeOf(safe.Index("receipt-code", activity.Value.ToString("N") + "\n" + instanceId), Length);
        return (Written(made), IndexOf(made));
    }

    /// <summary>The code that <see cref="For"/> made for a submission without a slip.</summary>
    public string Made(ActivityId activity, string instanceId) => Written(Ids.CodeOf(safe.Index("receipt-code", activity.Value.ToString("N") + "\n" + instanceId), Length));

    /// <summary>The index of what a person typed, however they wrote it.</summary>
    public byte[] IndexOfTyped(string typed) => IndexOf(Ids.Normalise(Bare(typed)));

    private byte[] IndexOf(string code) => safe.Index("receipt", code);

    /// <summary>AM-7F3K-92QX-M4TD: groups of four are read aloud more easily.</summary>
    private static string Written(string code) => "AM-" + string.Join('-', code.Chunk(4).Select(c => new string(c)));

    private static string Bare(string typed) => typed.Trim().StartsWith("AM-", StringComparison.OrdinalIgnoreCase) ? typed.Trim()[3..] : typed.Trim();
}
