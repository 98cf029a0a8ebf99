using System.Text;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Activities;
using Amana.Features.Capture;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Testing;
using Amana.XForms;
using Amana.XForms.Evaluation;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Browser.Tests.Capture;

/// <summary>Forms that teams use elsewhere, opened in the web form by a link, filled, sent, and what was sealed checked against the form.</summary>
[Collection("browser")]
public sealed class A_form_from_elsewhere(Chromium chromium, DemoHouse demo) : IClassFixture<DemoHouse>
{
    /// <summary>The last one contradicts itself under a blind hand (what cannot be together is a note that needs an answer) and asks for calculations that nobody sees, so that it gets a hand that does not know wherever it may be.</summary>
    public static TheoryData<string, bool> Files => new()
    {
        { "all-question-types-v2024091201-3.xlsx", false }, { "ifrc-distribution-site-assessment-v1.xlsx", false }, { "socio-economic-survey-v20240515.xlsx", false }, { "whova_form.xlsx", true },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Is_drawn_filled_sent_and_agrees_with_its_rules(string file, bool unsure)
    {
        Assert.SkipUnless(!unsure || LongTests.Asked, "The longest form is filled with AMANA_LONG=1.");
        var (token, compiled) = await Publish(PathOf(file));
        await using var visitor = await chromium.Visit(demo.House, "en", script: true);
        await visitor.Context.GrantPermissionsAsync(["geolocation"]);
        await visitor.Context.SetGeolocationAsync(new() { Latitude = 2.5f, Longitude = 36.1f, Accuracy = 5 });
        if (file.StartsWith("all-question-types", StringComparison.Ordinal))
        {
            await visitor.Go($"/fill/link/{token}/plain"); // what respondents see without script
            Assert.Empty((await visitor.Page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Help}: {v.Nodes[0].Html}"));
        }

        var form = new FormPage(visitor);
        await form.Open($"/fill/link/{token}");
        await form.OverhearSealing();
        var withDraft = file.StartsWith("all-question-types", StringComparison.Ordinal);
        await form.Begin(withDraft ? "seven quiet bridges" : null);
        Assert.True(await form.Engine.Locator(".question-container").CountAsync() > 0);
        if (!unsure)
            await AnswerSome(form);
        if (withDraft)
            await LeaveAPhotoInADraft(form);
        var round = 0;
        for (; round < 40 && await form.Finish() > 0; round++)
            await form.AnswerMarked(round, unsure);
        Assert.True(round < 40, await visitor.Text("#fill-faults") + await form.Marked());
        await form.IsSent();
        if (withDraft)
            Assert.Contains(FormPage.Photo.Buffer.Length, await form.OverheardFiles()); // the photo came through the draft
        using var xml = new MemoryStream(Encoding.UTF8.GetBytes(await form.Overheard()));
        var read = SubmissionReader.Read(xml);
        var faults = SubmissionCheck.Check(read.Submission!, compiled, new EvaluationContext { Now = TimeProvider.System.GetUtcNow() }).Findings.Where(f => f.Weight == FindingWeight.Fault).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>A photo is taken, the form locked, and opened again with its passphrase.</summary>
    private static async Task LeaveAPhotoInADraft(FormPage form)
    {
        await form.Engine.Locator("input[type=file][accept*=image]").First.SetInputFilesAsync(FormPage.Photo);
        await form.Page.ClickAsync("#fill-lock");
        await form.Page.Locator("#fill-locked").WaitForAsync();
        await form.Page.FillAsync("#fill-unlockwords", "seven quiet bridges");
        await form.Page.ClickAsync("#fill-unlock");
        await form.Engine.Locator(".questions-card").WaitForAsync(new() { Timeout = 60_000 });
    }

    private static string PathOf(string file)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("AMANA_SHARED") ?? Path.Combine(House.Root, "..", "shared"), "data", "forms", file);
        Assert.SkipUnless(File.Exists(path), $"The form {path} is not there.");
        return path;
    }

    /// <summary>Some answers of every kind, asked for or not.</summary>
    private static async Task AnswerSome(FormPage form)
    {
        var questions = form.Engine.Locator(".question-container:visible");
        for (var i = 0; i < Math.Min(12, await questions.CountAsync()); i++)
            if (await questions.Nth(i).Locator("input[type=text]:not(.p-datepicker-input), textarea, input[type=radio]").CountAsync() > 0)
                await form.Answer(questions.Nth(i), 0);
    }

    /// <summary>Publishes the form in activity 1 as its team would, and makes a link to it.</summary>
    private async Task<(string Token, CompiledForm Form)> Publish(string path)
    {
        await using var services = new ServiceCollection().AddLogging().AddAmana(new Store(demo.House.Folder)).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var of = scope.ServiceProvider;
        var im = (await of.GetRequiredService<HouseReader>().ActingAs("im@demo.example", default))!;
        var holder = (await of.GetRequiredService<HouseReader>().ActingAs("interviewer1@demo.example", default))!;
        var activity = (await of.GetRequiredService<ActivityReader>().Find(1, default))!.Value;
        var id = Done(await of.GetRequiredService<UploadForm>().Handle(im, activity, await File.ReadAllBytesAsync(path), Path.GetFileName(path), default));
        var snapshot = (await of.GetRequiredService<ActivityReader>().Snapshot(activity, default))!;
        var need = snapshot.Purpose!.Content.Needs[0].Code;
        var form = snapshot.Forms.First(f => f.Id == id);
        foreach (var list in form.Files.Where(f => f.Kind == NeededFileKind.List))
            Done(await of.GetRequiredService<AttachFormFile>().Handle(im, activity, id, list.Name, Encoding.UTF8.GetBytes(Cities), default));
        // These forms do not ask for consent as this house does; the first question with choices stands for it, so that collection is not held up.
        var asks = (form.Elements.FirstOrDefault(e => e.Type.Contains("select", StringComparison.OrdinalIgnoreCase)) ?? form.Elements[0]).Path;
        Done(await of.GetRequiredService<ClassifyElements>().Handle(im, activity, id,
            [.. form.Elements.Select(e => new ClassifyElement(e.Path, need, Sensitivity.Open, ElementRole.None, e.Path == asks ? ConsentAsk.Participation : null, null, null))], default));
        foreach (var finding in form.OpenFindings.Where(f => f.Weight == ReviewWeight.Serious).ToList())
            Done(await of.GetRequiredService<AnswerFinding>().Handle(im, activity, id, finding.Key, "The form is used elsewhere as it is.", default));
        Done(await of.GetRequiredService<PublishForm>().Handle(im, activity, id, default));
        var focal = (await of.GetRequiredService<HouseReader>().ActingAs("focal@demo.example", default))!;
        foreach (var words in (await of.GetRequiredService<ActivityReader>().Snapshot(activity, default))!.Forms.First(f => f.Id == id).Elements.Where(e => e.WordsUnsealed).ToList())
            Done(await of.GetRequiredService<JudgeWords>().Handle(focal, activity, id, words.Path, "Only made-up answers of a trial fit in here", default));
        var link = Done(await of.GetRequiredService<MakeFormLink>().Handle(im, activity, new NewFormLink(form.FormId, "Test", Domain.Capture.FormLinkUse.Open, holder.Actor.StaffId!.Value, 2), default));
        return (link.Token, (await of.GetRequiredService<CompiledFormReader>().Read(id, default))!);
    }

    private const string Cities = """{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","properties":{"name":"Made-up town"},"geometry":{"type":"Point","coordinates":[36.1,2.5]}}]}""";

    private static T Done<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.IsDone, string.Join(", ", outcome.Refusals.Select(r => r.Slug + " " + string.Join(' ', r.Args.Values))));
        return outcome.Result;
    }
}
