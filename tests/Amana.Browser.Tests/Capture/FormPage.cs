using System.Text.Json;
using Microsoft.Playwright;

namespace Amana.Browser.Tests.Capture;

/// <summary>The page of a form as somebody uses it.</summary>
internal sealed class FormPage(Visitor visitor)
{
    public IPage Page => visitor.Page;

    public ILocator Engine => Page.Locator("#fill-engine");

    public async Task Open(string path, bool ready = false)
    {
        await visitor.Go(path);
        await Page.Locator(ready ? "#fill[data-ready=yes]" : "#fill[data-open=yes]").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
    }

    public async Task Begin(string? passphrase = null)
    {
        if (passphrase is not null)
        {
            await Page.Locator("details:has(#fill-passphrase) summary").ClickAsync();
            await Page.FillAsync("#fill-passphrase", passphrase);
        }

        await Page.ClickAsync("#fill-begin");
        await Engine.Locator(".questions-card").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
    }

    /// <summary>Answers the border-monitoring form of the demo.</summary>
    public async Task AnswerBorder(string name)
    {
        foreach (var choice in new[] { "notice_language=ar", "consent=yes", "given=self", "means=signature", "sharing=yes", "referral=no" })
            await Choose(choice.Split('=')[0], choice.Split('=')[1]);
        await Engine.Locator("input[type=text]").First.FillAsync(name);
        await Engine.Locator(".p-inputnumber-input").First.PressSequentiallyAsync("34");
        await Engine.Locator(".p-inputnumber-input").First.BlurAsync();
        await Engine.Locator("input[type=radio][value=a_lot]").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        for (var round = 0; round < 4 && await Finish() > 0; round++)
            await AnswerMarked();
    }

    /// <summary>The number of answers that the form refuses; 0 when it was finished.</summary>
    public async Task<int> Finish()
    {
        await Page.ClickAsync("#fill-finish");
        await Page.Locator("#fill-done:visible, #fill-faults:visible").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        return await Page.Locator("#fill-done").IsVisibleAsync() ? 0 : await Engine.Locator(".validation-message:visible").CountAsync() is > 0 and var marked ? marked : 1;
    }

    public Task<int> Waiting() => Page.EvaluateAsync<int>("""
        () => new Promise((resolve, reject) => {
          const opening = indexedDB.open("amana-fill");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => { const asked = opening.result.transaction("waiting").objectStore("waiting").count(); asked.onsuccess = () => { opening.result.close(); resolve(asked.result); }; };
        })
        """);

    /// <summary>Waits until nothing waits to be sent any more.</summary>
    public async Task IsSent()
    {
        for (var i = 0; i < 150 && await Waiting() > 0; i++)
            await Task.Delay(200);
        Assert.True(await Waiting() == 0, "Still waiting: " + await visitor.Text("#fill"));
    }

    /// <summary>Answers what the form has marked: the first choice, a small number, a word, today.</summary>
    /// <param name="round">Which of the answers that are tried one after another.</param>
    /// <param name="unsure">Does not know, or says no, wherever it can, but agrees where it is asked for consent: long forms then open few further questions, and nothing contradicts itself.</param>
    public async Task AnswerMarked(int round = 0, bool unsure = false)
    {
        var marked = await Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#fill-engine .question-container')].filter((q) => q.querySelector('.validation-message')?.checkVisibility()).map((q) => q.id)");
        foreach (var id in marked)
            if (await Page.Locator($"[id='{id}']").CountAsync() > 0) // an answer before may have taken it away
                await Answer(Page.Locator($"[id='{id}']"), round, unsure);
    }

    /// <summary>The questions that are marked, as they stand on the page.</summary>
    public Task<string> Marked() => Page.EvaluateAsync<string>("() => [...document.querySelectorAll('#fill-engine .question-container')].filter((q) => q.querySelector('.validation-message')?.checkVisibility()).map((q) => q.outerHTML.slice(0, 1500)).join('\\n')");

    private async Task Choose(string question, string value) =>
        await Engine.Locator($"input[type=radio][value='{value}']").Nth(question is "consent" or "sharing" ? question == "consent" ? 0 : 1 : question == "referral" ? 2 : 0).ClickAsync(new LocatorClickOptions { Force = true });

    public async Task Answer(ILocator question, int round, bool unsure = false)
    {
        if (unsure && await Unsure(question) is { } said)
            await said.ClickAsync(new LocatorClickOptions { Force = true });
        else if (await question.Locator("input[type=radio], input[type=checkbox]").CountAsync() is > 0 and var choices)
            await question.Locator("input[type=radio], input[type=checkbox]").Nth(round % choices).ClickAsync(new LocatorClickOptions { Force = true });
        else if (await question.Locator(".get-location-button").CountAsync() > 0)
            await Here(question);
        else if (await question.Locator("input[type=file]").CountAsync() > 0)
            await question.Locator("input[type=file]").First.SetInputFilesAsync(Photo);
        else if (await question.Locator(".p-select").CountAsync() > 0)
            await FromList(question, round);
        else if (await question.Locator(".p-inputnumber-input").CountAsync() > 0)
            await Type(question.Locator(".p-inputnumber-input").First, new[] { "1", "30", "5", "70", "12", "2000" }[round % 6]);
        else if (await question.Locator(".p-datepicker-input").CountAsync() > 0)
            await Today(question);
        else if (await question.Locator("input[type=text], input:not([type]), textarea").CountAsync() > 0)
            await Type(question.Locator("input[type=text], input:not([type]), textarea").First, new[] { "word", "5", "12.5" }[round % 3]);
    }

    private static async Task<ILocator?> Unsure(ILocator question)
    {
        if (await question.Locator("input[type=radio][value=no]").CountAsync() == 0)
            return null;
        var consents = (await question.InnerTextAsync()).Contains("consent", StringComparison.OrdinalIgnoreCase);
        return question.Locator(consents ? "input[type=radio][value=yes]" : await question.Locator("input[type=radio][value=dk]").CountAsync() > 0 ? "input[type=radio][value=dk]" : "input[type=radio][value=no]").First;
    }

    private async Task Here(ILocator question)
    {
        await question.Locator(".get-location-button").ClickAsync();
        await Page.Locator(".p-dialog button", new PageLocatorOptions { HasText = "Save location" }).ClickAsync();
    }

    private const string Dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    /// <summary>A picture of one dot.</summary>
    public static FilePayload Photo => new() { Name = "dot.png", MimeType = "image/png", Buffer = Convert.FromBase64String(Dot) };

    private async Task FromList(ILocator question, int round)
    {
        await question.Locator(".p-select").First.ClickAsync();
        var options = Page.Locator(".p-select-overlay .p-select-option");
        await Page.Locator(".p-select-overlay").WaitForAsync();
        if (await options.CountAsync() is > 0 and var many)
            await options.Nth(round % many).ClickAsync();
        else
            await Page.Keyboard.PressAsync("Escape"); // what it offers hangs on another answer
        await Page.Locator(".p-select-overlay").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    private async Task Today(ILocator question)
    {
        await question.Locator(".p-datepicker-input").First.ClickAsync();
        await Page.Locator(".p-datepicker-panel .p-datepicker-today .p-datepicker-day").First.ClickAsync();
        await Page.Keyboard.PressAsync("Tab");
    }

    private static async Task Type(ILocator field, string words)
    {
        await field.FillAsync("");
        await field.PressSequentiallyAsync(words);
        await field.BlurAsync();
    }

    /// <summary>Copies everything that is sealed from here on into the window, for a test to look at; what the device keeps stays sealed.</summary>
    public Task OverhearSealing() => Page.EvaluateAsync("""
        () => { const before = crypto.subtle.encrypt.bind(crypto.subtle); crypto.subtle.encrypt = (how, key, content) => { window.overheard = new Uint8Array(content).slice(); return before(how, key, content); }; }
        """);

    /// <summary>How large the files of the record are that was sealed last.</summary>
    public async Task<int[]> OverheardFiles() =>
        JsonSerializer.Deserialize<int[]>(await Page.EvaluateAsync<string>("() => { const all = window.overheard; const n = new DataView(all.buffer).getUint32(0); return JSON.stringify(JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + n))).files.map((f) => f.size)); }"))!;

    /// <summary>The XML of the record that was sealed last.</summary>
    public async Task<string> Overheard()
    {
        var bytes = Convert.FromBase64String(await Page.EvaluateAsync<string>("() => { let s = ''; for (const b of window.overheard) s += String.fromCharCode(b); return btoa(s); }"));
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes);
        using var list = JsonDocument.Parse(bytes.AsMemory(4, length));
        return System.Text.Encoding.UTF8.GetString(bytes, 4 + length, list.RootElement.GetProperty("xml").GetInt32());
    }
}
