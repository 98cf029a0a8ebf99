using Microsoft.Playwright;

namespace Amana.Browser.Tests.Accounts;

/// <summary>Passkeys in a real browser with an authenticator that Chromium makes up (WebAuthn Automation).</summary>
[Collection("browser")]
public class A_passkey(Chromium chromium, DemoHouse demo) : IClassFixture<DemoHouse>
{
    [Fact]
    public async Task Is_added_signs_in_alone_and_proves_who_one_is()
    {
        await using var visitor = await chromium.Visit(demo.House, "en", script: true);
        var (page, here) = (visitor.Page, demo.House.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)); // browsers know no passkeys for bare addresses
        await WithAuthenticator(visitor);
        await page.GotoAsync(here + "/accounts/sign-in");
        await page.FillAsync("[name='Input.Email']", "legal@demo.example");
        await page.FillAsync("[name='Input.Password']", demo.House.Password);
        await page.PressAsync("[name='Input.Password']", "Enter");
        await page.WaitForURLAsync("**/home");

        await page.GotoAsync(here + "/accounts/factors");
        await page.FillAsync("[name='Input.Name']", "made-up authenticator");
        await page.ClickAsync("form[data-passkey=add] button");
        await page.WaitForSelectorAsync(".codes .code");
        Assert.Equal(10, await page.Locator(".codes .code").CountAsync());

        await page.ClickAsync("form[action='/accounts/sign-out'] button");
        await page.GotoAsync(here + "/accounts/sign-in");
        await page.ClickAsync("form[data-passkey=show] button");
        await page.WaitForURLAsync("**/home");

        await page.ClickAsync("form[data-lock] button");
        await page.WaitForSelectorAsync("form[data-passkey=show] button");
        await page.ClickAsync("form[data-passkey=show] button");
        await page.WaitForURLAsync("**/home");
        Assert.Equal(1, await page.Locator("form[data-lock]").CountAsync());

        await page.GotoAsync(here + "/accounts/my-account");
        Assert.Contains("Passkey", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_nobody_has_says_so_and_leaves_the_password()
    {
        await using var visitor = await chromium.Visit(demo.House, "en", script: true);
        var here = demo.House.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await WithAuthenticator(visitor);
        await visitor.Page.GotoAsync(here + "/accounts/sign-in");
        await visitor.Page.ClickAsync("form[data-passkey=show] button");
        await visitor.Page.WaitForSelectorAsync("[data-failed]:visible", new PageWaitForSelectorOptions { Timeout = 60_000 });
        Assert.True(await visitor.Page.IsVisibleAsync("[name='Input.Password']"));
    }

    private static async Task WithAuthenticator(Visitor visitor)
    {
        var devices = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
