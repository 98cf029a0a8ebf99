using System.Text.RegularExpressions;

namespace Amana.Browser.Tests.Journey;

/// <summary>Figures with small groups protected, a release that someone else approves, and a person who takes back what they gave.</summary>
internal static partial class Using
{
    public static async Task Run(Operation operation)
    {
        await Analyse(operation);
        await Release(operation);
        await Withdraw(operation);
    }

    private static async Task Analyse(Operation operation)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("analysis"));
        await lead.Choose("Need", "N1");
        await lead.Page.Locator("select[name=Question]").SelectOptionAsync(await ValueEnding(lead, "select[name=Question] option", "/crossing_place"));
        await lead.Choose("By", "Sex");
        await lead.Press("Question");
        var cells = await lead.Page.Locator("main article table td").AllInnerTextsAsync();
        Assert.Contains(cells, c => Digits().IsMatch(c));
        Assert.Contains(cells, c => !Digits().IsMatch(c.Trim()[..1])); // one place has two people: their cells are told in words
    }

    private static async Task Release(Operation operation)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("releases/new"));
        foreach (var column in await lead.Page.Locator("input[name='Input.Columns']").AllAsync())
            await column.SetCheckedAsync(await column.GetAttributeAsync("value") is { } path && (path.EndsWith("/sex", StringComparison.Ordinal) || path.EndsWith("/outcome", StringComparison.Ordinal)));
        await lead.PressHandler("Measure");
        Assert.True(await lead.Count("#measured") == 1, "Nothing was measured.");
        await lead.Fill("Input.Title", operation.Say("Crossings, November", "المعابر، تشرين الثاني"));
        await lead.Click(lead.Page.Locator("button[formaction*='handler=Submit' i]"));
        var release = lead.Path.Split('?')[0];
        Assert.DoesNotContain("/new", release, StringComparison.Ordinal);
        Assert.True(await lead.Count("form[action*='handler=Approve' i]") == 0, "The author may approve.");

        var focal = await operation.As("focal");
        await focal.Go(release);
        await focal.Fill("Reason", operation.Say("No small group, and the agreement covers it.", "لا مجموعات صغيرة والاتفاق يشمله."));
        await focal.Press("Reason");
        await lead.Go(release);
        var download = await lead.Page.RunAndWaitForDownloadAsync(() => lead.Page.Locator("form[action*='handler=Download' i] button").ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.True(lines.Length > 25, "The file holds " + lines.Length + " lines.");
        Assert.DoesNotContain(lines, l => l.Contains("Amina", StringComparison.Ordinal));
    }

    /// <summary>With the code on the slip, without an account.</summary>
    private static async Task Withdraw(Operation operation)
    {
        await using var person = await operation.Anybody();
        await person.Go("/public/receipt");
        await person.Fill("Input.Code", operation.Receipt);
        await person.Press("Input.Code");
        await person.Page.Locator("details:has(form[action*='handler=All' i]) summary").ClickAsync();
        await person.PressHandler("All");
        Assert.True(await person.Count("main ol li") > 0, "What happens next is not said.");
        await person.Go("/public/receipt");
        await person.Fill("Input.Code", operation.Receipt);
        await person.Press("Input.Code");
        Assert.Equal(0, await person.Count("form[action*='handler=All' i]"));
    }

    private static async Task<string> ValueEnding(Visitor visitor, string options, string ending)
    {
        foreach (var option in await visitor.Page.Locator(options).AllAsync())
            if (await option.GetAttributeAsync("value") is { } value && value.EndsWith(ending, StringComparison.Ordinal))
                return value;
        throw new InvalidOperationException("No option ends with " + ending);
    }

    [GeneratedRegex(@"^\p{Nd}")]
    private static partial Regex Digits();
}
