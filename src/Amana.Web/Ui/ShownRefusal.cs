using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Web.Ui;

/// <summary>A refusal as a page shows it, in the reader's language.</summary>
/// <param name="Words">What is held and why.</param>
/// <param name="Rule">The rule that it comes from, such as DNH-2, if it comes from one.</param>
/// <param name="Mender">Who can mend it.</param>
/// <param name="Href">Where; none while no page answers there.</param>
/// <param name="Action">What is done there.</param>
/// <param name="Field">The field of the page that it is about.</param>
public sealed record ShownRefusal(string Words, string? Rule = null, string? Mender = null, string? Href = null, string? Action = null, string? Field = null)
{
    public Principle? Principle { get; init; }
}

/// <summary>Turns refusals into what pages show: the words, who can mend it, and the address of the page that mends it.</summary>
public sealed class MendLinks(PageTexts texts, Navigation navigation)
{
    /// <summary>The refusal in words, with the link that mends it.</summary>
    /// <param name="refusal">Why it is not done.</param>
    /// <param name="activity">The number of the activity it happened in, if in one.</param>
    public ShownRefusal Show(Refusal refusal, int? activity = null)
    {
        var href = refusal.Mend is { } mend ? Href(mend.Page, activity) : null;
        return new ShownRefusal(
            texts.Refusal(refusal),
            refusal.Args.GetValueOrDefault("rule"),
            refusal.Mend is { } by ? texts.Plain("mender." + by.Who) : null,
            href,
            href is null ? null : texts.Plain("mendpage." + refusal.Mend!.Page),
            refusal.Field)
        {
            Principle = refusal.Principle,
        };
    }

    /// <summary>The address where gaps of this kind are mended; none when there is no such page.</summary>
    public string? Href(MendPage page, int? activity)
    {
        var (pattern, address) = page switch
        {
            MendPage.None => ("", ""),
            MendPage.Agreements => Outside("/sharing/agreements"),
            MendPage.Staff => Outside("/set-up/staff"),
            MendPage.Organisations => Outside("/set-up/organisations"),
            MendPage.Keys => Outside("/set-up/keys"),
            MendPage.Requests => Outside("/rights"),
            MendPage.Ledger => Outside("/ledger"),
            MendPage.SignIn => Outside("/accounts/sign-in"),
            _ when activity is null => ("", ""),
            MendPage.Activity => ("/activities/{number:int}", $"/activities/{activity}"),
            _ => ("/activities/{number:int}/" + Slug(page), $"/activities/{activity}/{Slug(page)}"),
        };
        return address.Length > 0 && navigation.Exists(pattern) ? address : null;
    }

    private static (string, string) Outside(string address) => (address, address);

    private static string Slug(MendPage page) => page.ToString().ToLowerInvariant();
}
