using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Consent;

/// <summary>Writing the notice; reading, receiving, renewing and ending consent.</summary>
public static partial class ConsentRules
{
    /// <summary>Answers that mean yes in consent questions, as the field codes them.</summary>
    private static readonly HashSet<string> YesCodes = new(StringComparer.OrdinalIgnoreCase) { "yes", "y", "oui", "si", "sí", "na3am", "naam", "1", "true", "agree", "accept", "consent", "ok", "OK" };

    public static Decision<NoticeWritten> Write(Activity activity, NoticeId id, int version, NoticeContent content, StaffId by, DateTimeOffset now)
    {
        var errors = ActivityRules.Open(activity).Must(content.Texts.Count > 0, nameof(content.Texts), "notice.empty", Principle.InformedConsent);
        if (content.Basis != LegalBasis.Consent)
            errors.Text(nameof(content.BasisReason), content.BasisReason, 2000);
        errors.Must(content.ValidMonths is null or (>= 1 and <= 120), nameof(content.ValidMonths), "notice.months-out-of-range", Principle.InformedConsent);
        foreach (var (language, text) in content.Texts)
            foreach (var (part, value) in text.Parts)
                errors.Text(language + "." + part, value, 4000, required: false);
        return errors.Any ? errors.All : new NoticeWritten { Id = id, ActivityId = activity.Id, Version = version, Content = content, Hash = HashOf(content), By = by, At = now };
    }

    /// <summary>SHA-256 over language, part, text and recording in a fixed order with lengths, so that no two contents share it.</summary>
    public static string HashOf(NoticeContent content)
    {
        var canonical = new StringBuilder().Append("amana-notice-1\n").Append(content.Basis).Append('\n');
        if (content.ValidMonths is { } months)
            canonical.Append(CultureInfo.InvariantCulture, $"valid:{months}\n");
        foreach (var (language, text) in content.Texts.OrderBy(t => t.Key, StringComparer.Ordinal))
            foreach (var (part, value) in text.Parts)
                canonical.Append(CultureInfo.InvariantCulture, $"{language}.{part}:{value.Length}:{value}\n");
        foreach (var (language, recording) in content.Recordings.OrderBy(r => r.Key, StringComparer.Ordinal))
            canonical.Append(CultureInfo.InvariantCulture, $"{language}.recording:{recording.Sha256}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }

    /// <summary>True for an answer that means yes. Anything else, also no answer, is not a yes (IC-4).</summary>
    public static bool IsYes(string? answer) => answer is not null && YesCodes.Contains(answer.Trim());
}
