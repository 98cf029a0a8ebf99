using Amana.Domain.Consent;

namespace Amana.Features.Consent;

/// <summary>Consents that permit use, as a query: what <see cref="PersonConsent.StandsAt"/> says of one, said of many by the database.</summary>
public static class StandingConsents
{
    /// <summary>Consents that stand on the day.</summary>
    public static IQueryable<PersonConsent> Standing(this IQueryable<PersonConsent> consents, DateOnly today) => consents.Where(c =>
        ((c.State == ConsentState.Given || c.State == ConsentState.Renewed) && (c.ExpiresOn == null || c.ExpiresOn >= today)) || (c.State == ConsentState.Unknown && c.Basis != LegalBasis.Consent));

    /// <summary>Consents that carry the need, as <see cref="PersonConsent.Carries"/> says of one: the purpose named it when they were given, or they were given before a decision that it is compatible.</summary>
    public static IQueryable<PersonConsent> Covering(this IQueryable<PersonConsent> consents, string need, DateTimeOffset? compatibleBefore)
    {
        var word = " " + need + " ";
        return compatibleBefore is { } before ? consents.Where(c => c.Needs.Contains(word) || c.AgreedAt < before) : consents.Where(c => c.Needs.Contains(word));
    }
}
