namespace Amana.Browser.Tests.Journey;

/// <summary>What was learned is used and given back; the activity is closed by two people; the ledger proves the whole history.</summary>
internal static class Ending
{
    public static async Task Run(Operation operation)
    {
        await Assessing.Enter(operation, "Evaluate");
        await Assessing.Consult(operation, "Evaluate");
        await GiveBack(operation);
        await Close(operation);
        await Verify(operation);
    }

    private static async Task GiveBack(Operation operation)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("evidence"));
        await lead.Choose("Input.NeedCode", "N1");
        await lead.Fill("Input.What", operation.Say("Legal teams went to two crossings.", "ذهبت الفرق القانونية إلى معبرين."));
        await lead.Date("Input.On", operation.Today);
        await lead.Press("Input.What");
        await lead.Go(operation.At("results"));
        await lead.Date("Input.On", operation.Today);
        foreach (var group in new[] { "Women", "Men" })
            await lead.Tick("Input.ToWhom", group);
        await lead.FillAll("Input", ("How", operation.Say("Read out at the crossings", "قُرئت عند المعابر")), ("What", operation.Say("How many were turned back, and what we do.", "كم شخصاً أُعيد وماذا نفعل.")));
        await lead.Press("Input.How");
    }

    private static async Task Close(Operation operation)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("closing"));
        await lead.PressHandler("Propose");
        var focal = await operation.As("focal");
        await focal.Go(operation.At("closing"));
        await focal.Tick("Understood");
        await focal.PressHandler("Confirm");
        await focal.Go(operation.At("closing"));
        await focal.Click(focal.Page.Locator("a[href*='/closing/certificate/']").First);
    }

    private static async Task Verify(Operation operation)
    {
        var focal = await operation.As("focal");
        await focal.Go("/ledger");
        await focal.PressHandler("Verify");
        Assert.True(await focal.Count("main .notice.met") > 0, await focal.Text("main"));
    }
}
