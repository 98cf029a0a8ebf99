using Amana.Testing;

namespace Amana.Browser.Tests.Pages;

/// <summary>Somebody who may plan writes script into every text field of every planning page. No reader's browser runs any of it, and none of it becomes part of a page.</summary>
[Collection("browser")]
public class A_script_planted_in_every_field(Chromium chromium, DemoHouse demo) : IClassFixture<DemoHouse>
{
    private const string Payload = "\"'><img src=x data-planted onerror=\"console.log('PLANTED-RAN')\"><script data-planted>console.log('PLANTED-RAN')</script><svg data-planted onload=\"console.log('PLANTED-RAN')\">{{7*7}}";

    /// <summary>Puts the words into every text, and into all else what makes the form be taken; tells into how many texts.</summary>
    private const string FillIn = """
        (form, payload) => {
          let filled = 0;
          const part = { Day: '1', Month: '1', Year: String(new Date().getFullYear() + 1) };
          for (const field of form.querySelectorAll('input, textarea, select')) {
            const last = field.name.split('.').pop();
            if (field.tagName === 'SELECT') { if (!field.value) { const some = [...field.options].find(o => o.value); if (some) field.value = some.value; } }
            else if (field.type === 'radio') { if (!form.querySelector(`input[name='${field.name}']:checked`)) field.checked = true; }
            else if (field.type === 'number' || field.inputMode === 'numeric') { if (!field.value) field.value = part[last] ?? '2'; }
            else if (field.type === 'email') field.value = 'somebody@planted.example';
            else if (field.type === 'url') field.value = 'https://planted.example/';
            else if (field.tagName === 'TEXTAREA' || field.type === 'text' || field.type === 'search') { field.removeAttribute('maxlength'); field.value = part[last] ?? payload; filled++; }
          }
          form.noValidate = true;
          return filled;
        }
        """;

    private static readonly string[] NotSent = ["sign-out", "handler=Destroy", "handler=Close", "handler=Propose", "handler=Confirm", "my-account", "handler=Freeze"];

    [Fact]
    public async Task Runs_in_nobodys_browser()
    {
        List<string> ran = [];
        var (kept, sent) = (0, 0);
        await using var writer = await Watched(ran, "focal@demo.example");
        foreach (var path in Places.Staff)
            sent += await Plant(writer, path);
        Assert.True(sent >= 30, $"Only {sent} forms were sent.");
        await using var reader = await Watched(ran, "im@demo.example");
        foreach (var visitor in new[] { reader, writer })
            foreach (var path in Places.Staff)
                kept += await Read(visitor, path) ? 1 : 0;
        Assert.True(kept >= 12, $"What was planted shows on {kept} pages only: nothing was proved.");
        Assert.Empty(ran);
    }

    private async Task<Visitor> Watched(List<string> ran, string email)
    {
        var visitor = await chromium.Visit(demo.House, "en", script: true);
        visitor.Page.Console += (_, message) =>
        {
            if (message.Text.Contains("PLANTED-RAN", StringComparison.Ordinal) && message.Type == "log")
                ran.Add($"{visitor.Page.Url}: {message.Text}");
        };
        visitor.Page.Dialog += async (_, dialog) =>
        {
            if (dialog.Type != "beforeunload")
                ran.Add(dialog.Message);
            await dialog.AcceptAsync();
        };
        await visitor.SignIn(email, demo.House.Password);
        return visitor;
    }

    /// <summary>Looks at the page where it shows what was planted; whether it does.</summary>
    private async Task<bool> Read(Visitor visitor, string path)
    {
        var answer = await visitor.Context.APIRequest.GetAsync(demo.House.Address + path);
        if (!answer.Ok || !(await answer.TextAsync()).Contains("PLANTED-RAN", StringComparison.Ordinal))
            return false;
        await visitor.Page.GotoAsync(demo.House.Address + path);
        Assert.True(await visitor.Count("[data-planted]") == 0, $"{path} made an element of what was typed.");
        return true;
    }

    /// <summary>Fills and sends each form of the page; how many were sent.</summary>
    private async Task<int> Plant(Visitor visitor, string path)
    {
        var sent = 0;
        var answer = await visitor.Context.APIRequest.GetAsync(demo.House.Address + path);
        for (var n = 0; n < (LongTests.Asked ? 8 : 3) && (await answer.TextAsync()).Contains("method=\"post\"", StringComparison.Ordinal); n++)
        {
            await visitor.Page.GotoAsync(demo.House.Address + path);
            var forms = visitor.Page.Locator("main form[method=post]");
            if (n >= await forms.CountAsync())
                break;
            var form = forms.Nth(n);
            if (NotSent.Any(((await form.GetAttributeAsync("action") ?? "") + path).Contains))
                continue;
            var fields = await form.EvaluateAsync<int>(FillIn, Payload);
            if (fields == 0)
                continue;
            await visitor.Leave(() => form.EvaluateAsync("form => form.submit()"));
            Assert.True(await visitor.Count("[data-planted]") == 0, $"{path} made an element of what was typed, in its answer.");
            sent++;
        }

        return sent;
    }
}
