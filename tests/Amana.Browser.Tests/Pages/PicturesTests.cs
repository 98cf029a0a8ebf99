using Microsoft.Playwright;

namespace Amana.Browser.Tests.Pages;

/// <summary>Makes the pictures of docs/images from the demo, when AMANA_WRITE_IMAGES=1 asks for them.</summary>
[Collection("browser")]
public class The_pictures(Chromium chromium)
{
    private const int Largest = 250_000;

    [Fact]
    public async Task Of_the_main_pages_are_small_enough()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("AMANA_WRITE_IMAGES") == "1", "Writes docs/images; run it with AMANA_WRITE_IMAGES=1.");
        await using var house = await House.Start(demo: true);
        await using (var guest = await chromium.Visit(house, "en"))
            await Take(guest, "/", "front");
        await using (var guest = await chromium.Visit(house, "ar"))
        {
            await Take(guest, "/public", "public-ar");
            await Take(guest, "/public/receipt", "receipt-ar");
        }

        await using (var phone = await SignedIn(house, "en", 390))
            await Take(phone, "/activities/1", "activity-phone");
        await using (var arabic = await SignedIn(house, "ar", 1280))
            await Take(arabic, "/activities/1", "activity-ar");
        await using var visitor = await SignedIn(house, "en", 1280);
        foreach (var (path, name) in new[]
        {
            ("/activities/1", "activity"), ("/activities/6/rules", "rules"), ("/activities/1/records", "records"), ("/activities/1/releases", "releases"), ("/activities/1/form", "form"), ("/activities/1/risk", "risk"),
            ("/activities/4/closing", "closing"), ("/activities", "activities"), ("/activities/1/purpose", "purpose"), ("/activities/1/notice", "notice"), ("/activities/1/team", "team"),
            ("/activities/1/overlaps", "overlaps"), ("/activities/1/consultations", "consultations"), ("/activities/1/retention", "retention"), ("/activities/1/sharing", "sharing"),
            ("/activities/1/collection", "collection"), ("/activities/1/quarantine", "quarantine"), ("/ledger", "ledger"), ("/rights", "rights"),
        })
            await Take(visitor, path, name);
        await using (var officer = await SignedIn(house, "en", 1280, "im@demo.example"))
        {
            await officer.Go("/activities/1/analysis?question=/data/crossing/outcome&by=AgeGroup");
            await officer.Press("Question");
            await Save(officer, "analysis");
        }

        await visitor.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Take(visitor, "/activities/1/rules?state=NotMet", "print");
    }

    private async Task<Visitor> SignedIn(House house, string language, int width, string who = "focal@demo.example")
    {
        var visitor = await chromium.Visit(house, language, script: true, width, width < 600 ? 844 : 900);
        await visitor.SignIn(who, house.Password);
        return visitor;
    }

    private static async Task Take(Visitor visitor, string path, string name)
    {
        await visitor.Go(path);
        await Save(visitor, name);
    }

    /// <summary>The upper part of the page: what people see first, up to two screens.</summary>
    private static async Task Save(Visitor visitor, string name)
    {
        var file = Path.Combine(House.Root, "docs", "images", name + ".png");
        var size = visitor.Page.ViewportSize!;
        var whole = await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = file, FullPage = true, Clip = new Clip { Width = size.Width, Height = Math.Min(whole, size.Width < 600 ? 1700 : 1250) } });
        Assert.InRange(new FileInfo(file).Length, 1, Largest);
    }
}
