namespace Amana.Browser.Tests.Journey;

/// <summary>An activity is started, compared with the others, and talked over with the people.</summary>
internal static class Assessing
{
    public static async Task Run(Operation operation)
    {
        await Start(operation, operation.Say("Crossings last winter", "المعابر في الشتاء الماضي"));
        await Start(operation, operation.Say("Crossings in the north", "المعابر في الشمال"));
        var lead = await operation.As("lead");
        operation.Number = int.Parse(lead.Path.Split('/', '?')[2], System.Globalization.CultureInfo.InvariantCulture);

        await lead.Go(operation.At("overlaps"));
        await lead.PressHandler("Search");
        await lead.Tick("Input.Answer", "NewIsNeeded");
        await lead.Fill("Input.Reason", operation.Say("The other one has ended.", "انتهى النشاط الآخر."));
        await lead.Press("Input.Reason");

        await Consult(operation, "Assess");
        await Enter(operation, "Design");
    }

    private static async Task Start(Operation operation, string title)
    {
        var lead = await operation.As("lead");
        await lead.Go("/activities/start");
        await lead.Fill("Input.Title", title);
        await lead.Tick("Input.Category", "ProtectionMonitoring");
        await lead.FillAll("Input", ("Place", "QZ01"), ("PlaceName", operation.Say("Northern crossings", "المعابر الشمالية")));
        foreach (var group in new[] { "Women", "Men" })
            await lead.Tick("Input.Population", group);
        await lead.Date("Input.Starts", operation.Today);
        await lead.Date("Input.Ends", operation.Today.AddDays(200));
        foreach (var language in new[] { "en", "ar" })
            await lead.Tick("Input.Languages", language);
        await lead.Tick("Input.Level", "Confidential");
        await lead.Press("Input.Title");
    }

    public static async Task Consult(Operation operation, string step)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("consultations"));
        await lead.Tick("Input.Step", step);
        await lead.Date("Input.HeldOn", operation.Today);
        foreach (var group in new[] { "Women", "Men" })
            await lead.Tick("Input.Groups", group);
        await lead.Choose("Input.Method", "FocusGroup");
        await lead.Fill("Input.Participants", 12);
        await lead.Fill("Input.Said", operation.Say("Nobody should note where we sleep.", "لا تسجّلوا أين ننام."));
        await lead.Fill("Input.Changed", operation.Say("The question was dropped.", "حُذف السؤال."));
        await lead.Press("Input.Said");
    }

    /// <summary>Through the gate; it must open.</summary>
    public static async Task Enter(Operation operation, string step)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("rules"));
        Assert.Equal(step, await lead.Page.Locator("input[name=step]").GetAttributeAsync("value"));
        await lead.Press("step");
        Assert.Equal(operation.At(), lead.Path.Split('?')[0]);
    }

    /// <summary>At the gate while something is missing: refused, with what and who and where; and nothing has moved.</summary>
    public static async Task IsHeldBack(Operation operation, string step)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("rules"));
        await lead.Click(lead.FormOf("step").Locator("button").Last);
        Assert.True(await lead.Count(".errors") == 1, "The gate refused nothing.");
        await lead.Go(operation.At("rules"));
        Assert.Equal(step, await lead.Page.Locator("input[name=step]").GetAttributeAsync("value"));
        Assert.True(await lead.Count("#gate a[href]") > 0, "No way to mend what is missing.");
    }
}
