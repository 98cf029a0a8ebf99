namespace Amana.Browser.Tests.Journey;

/// <summary>A person with a slip of paper and a phone: in Arabic, without script, 390 pixels wide. They read what is held, take sharing back, ask for a correction, complain in confidence and read the answer, and take all back.</summary>
[Collection("browser")]
public sealed class A_person_on_a_phone(Chromium chromium, DemoHouse demo) : IClassFixture<DemoHouse>
{
    [Fact]
    public async Task Withdraws_and_complains_in_Arabic()
    {
        var code = await DemoPhone.Interview(demo.House, "هدى القمري");
        await using var person = await chromium.Visit(demo.House, "ar", script: false, width: 390, height: 844);
        await person.Go("/public");
        await Fits(person);
        await Show(person, code);
        Assert.Equal("rtl", await person.Page.Locator("html").GetAttributeAsync("dir"));
        Assert.DoesNotContain(code, person.Path, StringComparison.Ordinal);

        await person.Click(person.Page.Locator("button[formaction*='handler=Copy' i]").First);
        Assert.True(await person.Count("main dl.facts") == 2, await person.Text("main"));
        await Fits(person);
        await Show(person, code);
        await person.Click(person.Page.Locator("button[formaction*='handler=Slip' i]").First);
        Assert.Equal((code, 1), (await person.Text(".slip .code"), await person.Count("svg.qr")));
        await Fits(person);

        await Show(person, code);
        await person.Page.Locator("input[name='Input.Parts']").First.CheckAsync();
        await person.Press("Input.Parts");
        Assert.True(await person.Count(".notice.met") == 1, await person.Text("main"));

        await Show(person, code);
        await person.Page.Locator("details:has(input[name='Input.Kind']) > summary").ClickAsync();
        await person.Tick("Input.Kind", "Correction");
        await person.Fill("Input.Words", "عمري ٣٤ وليس ٤٣.");
        await person.Press("Input.Words");
        Assert.True(await person.Count(".notice.met") == 1, await person.Text("main"));

        await Complain(person);

        await Show(person, code);
        await person.Page.Locator("details:has(form[action*='handler=All' i]) > summary").ClickAsync();
        await person.PressHandler("All");
        await Fits(person);
        await person.Go("/public/receipt");
    }

    private async Task Complain(Visitor person)
    {
        await person.Go("/public/feedback?activity=1");
        await person.Tick("Input.Kind", "Complaint");
        await person.Tick("Input.Confidential");
        await person.Fill("Input.Words", "طلب مني أحدهم مالًا كي يسجل اسمي.");
        await Fits(person);
        await person.Press("Input.Words");
        var code = await person.Text("p.code");
        Assert.StartsWith("FB-", code, StringComparison.Ordinal);
        await Fits(person);

        await using (var officer = await chromium.Visit(demo.House, "en"))
        {
            await officer.SignIn("im@demo.example", demo.House.Password);
            await officer.Go("/activities/1/feedback");
            Assert.Equal(0, await officer.Count("tbody .chip")); // for others it does not exist
        }

        await using (var focal = await chromium.Visit(demo.House, "en"))
        {
            await focal.SignIn("focal@demo.example", demo.House.Password);
            await focal.Go("/activities/1/feedback");
            var row = focal.Page.Locator("tbody tr").Filter(new() { Has = focal.Page.Locator(".chip") }).First;
            await row.Locator("textarea").FillAsync("شكرًا. أبعدنا ذلك الشخص عن العمل.");
            await focal.Click(row.Locator("form[action*='Answered' i] button"));
        }

        await person.Go("/public/feedback");
        await person.Page.Locator("details:has(input[name='Code']) > summary").ClickAsync();
        await person.Fill("Code", code);
        await person.Press("Code");
        Assert.Contains("أبعدنا", await person.Text("blockquote"), StringComparison.Ordinal);
    }

    private static async Task Show(Visitor person, string code)
    {
        await person.Go("/public/receipt");
        await person.Fill("Input.Code", code);
        await person.Press("Input.Code");
        Assert.True(await person.Count("main dl.facts") == 1, await person.Text("main"));
        await Fits(person);
    }

    private static async Task Fits(Visitor visitor) =>
        Assert.True(await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, visitor.Path + " is too wide.");
}
