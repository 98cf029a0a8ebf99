using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Consent;

/// <summary>What a submission says about consent, read from the elements that ask for it.</summary>
public sealed record StatedConsent(
    IReadOnlyList<ConsentAsk> Yeses, bool Refused, string? Language, ConsentGiver GivenBy, ConsentMeans Means);

/// <summary>Writing the notice; reading, receiving and withdrawing consent.</summary>
public static class ConsentRules
{
    /// <summary>Answers that mean yes in consent questions, as the field codes them.</summary>
    private static readonly HashSet<string> YesCodes = new(StringComparer.OrdinalIgnoreCase) { "yes", "y", "oui", "si", "sí", "na3am", "naam", "1", "true", "agree", "accept", "consent", "ok", "OK" };

    public static Decision<NoticeWritten> Write(Activity activity, NoticeId id, int version, NoticeContent content, StaffId by, DateTimeOffset now)
    {
        var errors = ActivityRules.Open(activity).Must(content.Texts.Count > 0, nameof(content.Texts), "notice.empty", Principle.InformedConsent);
        if (content.Basis != LegalBasis.Consent)
            errors.Text(nameof(content.BasisReason), content.BasisReason, 2000);
        foreach (var (language, text) in content.Texts)
            foreach (var (part, value) in text.Parts)
                errors.Text(language + "." + part, value, 4000, required: false);
        return errors.Any ? errors.All : new NoticeWritten { Id = id, ActivityId = activity.Id, Version = version, Content = content, Hash = HashOf(content), By = by, At = now };
    }

    /// <summary>SHA-256 over language, part and text in a fixed order with lengths, so that no two contents share it.</summary>
    public static string HashOf(NoticeContent content)
    {
        var canonical = new StringBuilder().Append("amana-notice-1\n").Append(content.Basis).Append('\n');
        foreach (var (language, text) in content.Texts.OrderBy(t => t.Key, StringComparer.Ordinal))
            foreach (var (part, value) in text.Parts)
                canonical.Append(CultureInfo.InvariantCulture, $"{language}.{part}:{value.Length}:{value}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }

    /// <summary>True for an answer that means yes. Anything else, also no answer, is not a yes (IC-4).</summary>
    public static bool IsYes(string? answer) => answer is not null && YesCodes.Contains(answer.Trim());

    /// <summary>Reads the separate yeses from the answers by element path. A form that asks no participation states no consent.</summary>
    public static StatedConsent Read(FormVersion form, IReadOnlyDictionary<string, string> answers)
    {
        string? Answer(ElementRole role) => form.WithRole(role) is { } e && answers.TryGetValue(e.Path, out var a) ? a : null;
        var yeses = form.Elements.Where(e => e.Ask is not null && answers.TryGetValue(e.Path, out var a) && IsYes(a)).Select(e => e.Ask!.Value).Distinct().ToList();
        var asked = form.Elements.Any(e => e.Ask == ConsentAsk.Participation);
        return new StatedConsent(yeses, asked && !yeses.Contains(ConsentAsk.Participation), Answer(ElementRole.NoticeLanguage),
            Enum.TryParse<ConsentGiver>(Answer(ElementRole.ConsentGivenBy)?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var giver) ? giver : ConsentGiver.Self,
            Enum.TryParse<ConsentMeans>(Answer(ElementRole.ConsentMeans)?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var means) ? means : ConsentMeans.Spoken);
    }

    /// <summary>Receives a stated consent. Refused without a yes to participation when consent is the legal basis (IC-2).</summary>
    public static Decision<ConsentReceived> Receive(ReceiveConsent command, StatedConsent stated, Notice notice, DateTimeOffset now)
    {
        if (notice.Content.Basis == LegalBasis.Consent && !stated.Yeses.Contains(ConsentAsk.Participation))
            return new Refusal("consent.not-given", Principle.InformedConsent);
        var yeses = notice.Content.Basis == LegalBasis.Consent || stated.Yeses.Contains(ConsentAsk.Participation)
            ? stated.Yeses : [ConsentAsk.Participation, .. stated.Yeses]; // another declared basis carries the participation; the rest stays the person's choice
        return new ConsentReceived
        {
            Id = command.Id, ActivityId = notice.ActivityId, PersonId = command.PersonId, NoticeId = notice.Id, NoticeHash = notice.Hash,
            Language = stated.Language ?? command.FallbackLanguage, GivenBy = stated.GivenBy, Means = stated.Means, At = now, ReceivedBy = command.ReceivedBy,
            Yeses = yeses, ReceiptIndex = command.ReceiptIndex,
        };
    }

    /// <summary>Withdraws parts at any time; withdrawing participation withdraws all (IC-5). Never blocked by a rule.</summary>
    public static Decision<ConsentWithdrawn> Withdraw(PersonConsent consent, IReadOnlyList<ConsentAsk> parts, DateTimeOffset now)
    {
        if (consent.State == ConsentState.Withdrawn)
            return new Refusal("consent.already-withdrawn", Principle.InformedConsent);
        return new ConsentWithdrawn { Parts = parts.Contains(ConsentAsk.Participation) ? Enum.GetValues<ConsentAsk>() : parts, At = now };
    }
}

/// <summary>What the door knows when a consent arrives.</summary>
public sealed record ReceiveConsent(ConsentId Id, PersonId PersonId, string FallbackLanguage, Guid ReceivedBy, byte[] ReceiptIndex);
