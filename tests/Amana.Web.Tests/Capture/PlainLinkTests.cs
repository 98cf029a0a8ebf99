using System.Net;
using AngleSharp.Html.Dom;
using Amana.Domain.Capture;
using Amana.Features.Capture;
using Amana.Web.Tests.OpenRosa;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Capture;

/// <summary>Somebody with a link and a browser without script.</summary>
[Collection(DemoCollection.Name)]
public sealed class A_link_without_script(DemoHost host)
{
    internal static readonly (string Name, string Value)[] Answers =
    [
        ("notice_language", "ar"), ("consent", "yes"), ("consent_given_by", "self"), ("consent_means", "signature"), ("consent_sharing", "yes"), ("consent_referral", "no"),
        ("person/full_name", "Name-By-Link"), ("person/sex", "female"), ("person/age", "34"), ("person/status", "refugee"),
        ("wgss/seeing", "none"), ("wgss/hearing", "none"), ("wgss/walking", "a_lot"), ("wgss/remembering", "none"), ("wgss/selfcare", "none"), ("wgss/communicating", "none"),
        ("crossing/crossing_place", "QZ0101"), ("crossing/outcome", "crossed"), ("crossing/urgent_help", "no"),
    ];

    [Fact]
    public async Task Is_asked_for_consent_first_and_answers_get_a_receipt_once()
    {
        var (page, desk) = await Open(FormLinkUse.Once);
        using (await desk.Get(page + "?lang=ar")) { }
        var first = await desk.Read(page);
        Assert.Equal("rtl", first.DocumentElement.GetAttribute("dir"));
        Assert.NotEmpty(first.QuerySelectorAll("section.card p")); // the notice, before anything is asked
        Assert.Equal(["a:/data/consent"], first.QuerySelectorAll("main form [name^='a:']").Select(i => i.GetAttribute("name")).Distinct());
        Assert.NotEmpty((await desk.Read(page[..^"/plain".Length])).QuerySelectorAll($"a[href='{page}']"));

        using var unanswered = await desk.Post(page, page, [.. Hidden(first, agreed: false), ("go", "next")]);
        Assert.NotNull((await Host.Read(unanswered)).QuerySelector(".invalid"));
        using var agreed = await desk.Post(page, page, [.. Hidden(first, agreed: false), ("a:/data/consent", "yes"), ("go", "next")]);
        var form = await Host.Read(agreed);
        Assert.NotNull(form.QuerySelector("[name='a:/data/person/full_name']"));
        var before = await host.Rows();
        using var empty = await desk.Post(page, page, [.. Hidden(form, agreed: true), ("a:/data/consent", "yes"), ("go", "send")]);
        Assert.All((await Host.Read(empty)).QuerySelectorAll("p.error"), e => Assert.Equal("الإجابة مطلوبة هنا.", e.TextContent)); // in the reader's language
        Assert.Equal(before, await host.Rows());

        (string, string)[] whole = [.. Hidden(form, agreed: true), .. Answers.Select(a => ("a:/data/" + a.Name, a.Value)), ("go", "send")];
        using var sent = await desk.Post(page, page, whole);
        var receipt = await Host.Read(sent);
        var code = receipt.QuerySelector(".receipt")?.TextContent;
        Assert.True(code is ['A', 'M', '-', ..], receipt.QuerySelector("main")!.TextContent);
        Assert.Equal(before["records"] + 1, (await host.Rows())["records"]);
        Assert.False(host.Holds("Name-By-Link"));

        // The link is used up: the same record again is answered as before, another one and the page itself are not.
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Get(page)).StatusCode);
        var (other, otherDesk) = await Open(FormLinkUse.Open);
        using var again = await otherDesk.Post(other, page, whole);
        Assert.Equal(code, (await Host.Read(again)).QuerySelector(".receipt")?.TextContent);
        using var second = await otherDesk.Post(other, page, [("Instance", Guid.NewGuid().ToString()), .. whole[1..]]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
        Assert.Equal(before["records"] + 1, (await host.Rows())["records"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // said no at last, in the middle of the form
    public async Task That_says_no_leaves_a_count_and_nothing_else(bool late)
    {
        var (page, desk) = await Open(FormLinkUse.Open);
        var first = await desk.Read(page);
        var before = await host.Rows();
        var counted = await Refusals();
        using var no = await desk.Post(page, page, [.. Hidden(first, agreed: late), ("a:/data/consent", "no"), .. late ? [("a:/data/person/full_name", "Name-Never-Kept")] : Array.Empty<(string, string)>(), ("go", "next")]);
        Assert.Equal(HttpStatusCode.OK, no.StatusCode);
        Assert.Contains("Nothing else was kept", (await Host.Read(no)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(counted + 1, await Refusals());
        var after = await host.Rows();
        foreach (var table in before.Keys.Where(t => t is not ("ledger_entries" or "refusal_counts" or "submission_marks" or "data_keys")))
            Assert.True(before[table] == after[table], table);
        Assert.False(host.Holds("Name-Never-Kept"));
    }

    [Fact]
    public async Task That_is_unknown_or_revoked_looks_alike()
    {
        var (page, desk) = await Open(FormLinkUse.Open, revoke: true);
        using var unknown = await desk.Get("/fill/link/unknown/plain");
        using var revoked = await desk.Get(page);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.StatusCode, revoked.StatusCode));
        Assert.Equal((await Host.Read(unknown)).QuerySelector("main")!.TextContent, (await Host.Read(revoked)).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Shows_nothing_that_works_with_script_alone()
    {
        var (page, desk) = await Open(FormLinkUse.Open);
        var island = await desk.Read(page[..^"/plain".Length]);
        Assert.True(island.GetElementById("fill")!.HasAttribute("hidden"), "What needs script shows without it.");
        Assert.NotNull(island.GetElementById("fill-begin"));
        Assert.NotEmpty(island.QuerySelectorAll($"noscript a[href='{page}']"));
    }

    private Task<int> Refusals() => host.Do(async s => (await s.GetRequiredService<Features.Activities.ActivityReader>().Snapshot(await host.Activity(1), CancellationToken.None))!.Collection.Refusals);

    private static (string, string)[] Hidden(IHtmlDocument page, bool agreed) =>
        [("Instance", page.QuerySelector("input[name=Instance]")!.GetAttribute("value")!), ("Began", page.QuerySelector("input[name=Began]")!.GetAttribute("value")!), ("Speak", page.QuerySelector("input[name=Speak]")!.GetAttribute("value")!), ("Agreed", agreed ? "true" : "false")];

    private async Task<(string Page, Desk Desk)> Open(FormLinkUse use, bool revoke = false)
    {
        var link = await Links.Make(host, use);
        if (revoke)
            await host.Must(async s => await s.GetRequiredService<RevokeFormLink>().Handle(host.As("im"), await host.Activity(1), link.Id, CancellationToken.None));
        var client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return ($"/fill/link/{link.Token}/plain", new Desk(client));
    }
}
