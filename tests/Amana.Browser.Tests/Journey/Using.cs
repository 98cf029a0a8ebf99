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
        await lead.Press("Input.AgreementId"); // who asks, why, and against whom: as proposed
        await lead.Page.Locator("#measured").WaitForAsync();
        foreach (var column in await lead.Page.Locator("input[name='Input.Columns']").AllAsync())
            await column.SetCheckedAsync(await column.GetAttributeAsync("value") is { } path && (path.EndsWith("/sex", StringComparison.Ordinal) || path.EndsWith("/outcome", StringComparison.Ordinal)));
        await lead.PressHandler("Choose");
        await lead.Page.Locator("#measured").WaitForAsync();
        Assert.True(await lead.Count("#submit") == 1, "The limits do not hold.");
        await lead.Fill("Input.Title", operation.Say("Crossings, November", "المعابر، تشرين الثاني"));
        await lead.PressHandler("Submit");
        var release = lead.Path.Split('?')[0];
        Assert.DoesNotContain("/work/", release, StringComparison.Ordinal);
        Assert.True(await lead.Count("form[action*='handler=Approve' i]") == 0, "The author may approve.");

        var focal = await operation.As("focal");
        await focal.Go(release);
        await focal.Fill("Reason", operation.Say("No small group, and the agreement covers it.", "لا مجموعات صغيرة والاتفاق يشمله."));
        await focal.Press("Reason");
        await lead.Go(release);
        await lead.PressHandler("Copy");
        Assert.Equal(29, (await lead.Page.Locator("#password").InnerTextAsync()).Trim().Length); // five groups of five
        var download = await lead.Page.RunAndWaitForDownloadAsync(() => lead.Page.Locator("form[action*='handler=Fetch' i] button").First.ClickAsync());
        var package = await File.ReadAllBytesAsync(await download.PathAsync());
        Assert.EndsWith(".zip", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal("PK"u8.ToArray(), package[..2]);
        Assert.DoesNotContain("outcome", System.Text.Encoding.Latin1.GetString(package), StringComparison.Ordinal);
        await lead.Go(release);
        Assert.Equal(0, await lead.Count("#password")); // shown once
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
