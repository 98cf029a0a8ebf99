using Amana.Domain.Consent;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Consent;

/// <summary>The code of a receipt, and the keyed hash of it that is kept.</summary>
public sealed record MadeReceipt(string? Code, byte[] Index);

/// <summary>Codes on consent receipts: from a slip that was printed beforehand and typed into the form, or made here. Sixty bits; only a keyed hash is kept.
/// A made code follows from the submission's id, so a repeated submission is answered with the same one.</summary>
public sealed class ReceiptCodes(AmanaDb db, Safe safe)
{
    private const int Length = 12;

    /// <summary>The code and its index for a submission.</summary>
    public async Task<MadeReceipt> For(ActivityId activity, string instanceId, string? fromSlip, CancellationToken cancellationToken)
    {
        var index = IndexOfSlip(fromSlip);
        // A slip used twice would mix two people up: the second gets a code of its own.
        var used = index is not null && await db.Set<PersonConsent>().AnyAsync(c => c.ReceiptIndex == index, cancellationToken);
        return OfFreeSlip(activity, instanceId, used ? null : fromSlip);
    }

    /// <summary>The same without looking whether the slip was used before; the store then refuses to keep its index twice.</summary>
    public MadeReceipt OfFreeSlip(ActivityId activity, string instanceId, string? fromSlip)
    {
        var code = IndexOfSlip(fromSlip) is null ? Ids.CodeOf(safe.Index("receipt-code", activity.Value.ToString("N") + "\n" + instanceId), Length) : Ids.Normalise(Bare(fromSlip!));
        return new MadeReceipt(Written(code), IndexOf(code));
    }

    /// <summary>The code that <see cref="For"/> made for a submission without a slip.</summary>
    public string Made(ActivityId activity, string instanceId) => Written(Ids.CodeOf(safe.Index("receipt-code", activity.Value.ToString("N") + "\n" + instanceId), Length));

    /// <summary>The index of what a person typed, however they wrote it.</summary>
    public byte[] IndexOfTyped(string typed) => IndexOf(Ids.Normalise(Bare(typed)));

    private byte[]? IndexOfSlip(string? slip) => Ids.Normalise(Bare(slip ?? "")) is { Length: >= 8 } typed ? IndexOf(typed) : null;

    private byte[] IndexOf(string code) => safe.Index("receipt", code);

    /// <summary>AM-7F3K-92QX-M4TD: groups of four are read aloud more easily.</summary>
    private static string Written(string code) => "AM-" + string.Join('-', code.Chunk(4).Select(c => new string(c)));

    private static string Bare(string typed) => typed.Trim().StartsWith("AM-", StringComparison.OrdinalIgnoreCase) ? typed.Trim()[3..] : typed.Trim();
}
