using System.Text;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Tests.Activities;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Tests.Forms;

public sealed class A_form_with_files
{
    private static readonly byte[] Villages = Encoding.UTF8.GetBytes("name,label\nv1,Village one\n");

    [Theory, OnEveryStore]
    public async Task Says_what_it_needs_and_is_published_only_with_its_lists(StoreKind store)
    {
        await using var p = await Drafting.Begin(store);
        var draft = await Drafting.Upload(p, Drafting.WithVillages("1"));
        Assert.Equal([("villages.csv", NeededFileKind.List), ("people.jpg", NeededFileKind.Picture)], (await Form(p, draft)).Files.Select(f => (f.Name, f.Kind)));
        Assert.Equal(["form.file-missing"], (await Publish(p, draft)).Refusals.Select(r => r.Slug));
        Assert.True((await Attach(p, draft, "villages.csv", Villages)).IsDone);
        Assert.Empty((await Publish(p, draft)).Refusals); // a picture is wanted, not demanded
        Assert.Equal("form.not-a-draft", Assert.Single((await Attach(p, draft, "villages.csv", Villages)).Refusals).Slug);
        Assert.Equal("form.not-a-draft", Assert.Single((await p.Do<DetachFormFile, Nothing>(u => u.Handle(p.Lead, p.Activity, draft, "villages.csv", default))).Refusals).Slug);
        Assert.Equal("v1,Village one", Encoding.UTF8.GetString((await p.Ask<FormAttachments, FormAttachment?>(q => q.Read(draft, "villages.csv", default)))!.Content).Split('\n')[1]);
    }

    [Theory, OnEveryStore]
    public async Task Takes_only_what_it_names_and_only_what_is_what_it_says(StoreKind store)
    {
        await using var p = await Drafting.Begin(store);
        var draft = await Drafting.Upload(p, Drafting.WithVillages("1"));
        Assert.Equal("form.file-not-named", Assert.Single((await Attach(p, draft, "others.csv", Villages)).Refusals).Slug);
        Assert.Equal("form.file-type-unknown", Assert.Single((await Attach(p, draft, "villages.exe", Villages)).Refusals).Slug);
        Assert.Equal("form.file-is-something-else", Assert.Single((await Attach(p, draft, "people.jpg", Villages)).Refusals).Slug);
        Assert.Equal("form.file-is-something-else", Assert.Single((await Attach(p, draft, "villages.csv", [0x50, 0x4B, 3, 4, 0, 0])).Refusals).Slug);
        Assert.Equal("form.file-too-large", Assert.Single((await Attach(p, draft, "villages.csv", new byte[FormAttachmentRules.MaxFile + 1].Select(_ => (byte)'a').ToArray())).Refusals).Slug);
        Assert.Equal("activity.not-found", Assert.Single((await p.Do<AttachFormFile, Nothing>(u => u.Handle(p.Stranger, p.Activity, draft, "villages.csv", Villages, default))).Refusals).Slug);
        Assert.Empty(await p.Ask<FormAttachments, IReadOnlyList<ListedAttachment>>(q => q.Read(draft, default)));
    }

    [Theory, OnEveryStore]
    public async Task Hands_its_files_on_to_the_next_version_and_replaces_them_there_alone(StoreKind store)
    {
        await using var p = await Drafting.Begin(store);
        var first = await Drafting.Upload(p, Drafting.WithVillages("1"));
        await Attach(p, first, "villages.csv", Villages);
        Assert.Empty((await Publish(p, first)).Refusals);
        var second = await Drafting.Upload(p, Drafting.WithVillages("2"));
        var more = Encoding.UTF8.GetBytes("name,label\nv1,Village one\nv2,Village two\n");
        Assert.True((await Attach(p, second, "villages.csv", more)).IsDone);
        Assert.Equal(Villages.Length, Assert.Single(await p.Ask<FormAttachments, IReadOnlyList<ListedAttachment>>(q => q.Read(first, default))).Size);
        Assert.Equal(more.Length, Assert.Single(await p.Ask<FormAttachments, IReadOnlyList<ListedAttachment>>(q => q.Read(second, default))).Size);
        var third = await Drafting.Upload(p, Drafting.WithVillages("3")); // replaces the second draft, with its files
        Assert.Equal(more.Length, Assert.Single(await p.Ask<FormAttachments, IReadOnlyList<ListedAttachment>>(q => q.Read(third, default))).Size);
        Assert.Equal(2, await p.Ask<AmanaDb, int>(db => db.Set<FormAttachment>().CountAsync()));
    }

    [Theory, OnEveryStore]
    public async Task Has_its_external_choices_written_from_the_workbook(StoreKind store)
    {
        await using var p = await Drafting.Begin(store);
        var draft = await Drafting.Upload(p, Drafting.WithExternalChoices);
        var file = await p.Ask<FormAttachments, FormAttachment?>(q => q.Read(draft, "itemsets.csv", default));
        Assert.Equal("\"list_name\",\"name\",\"label\",\"district\"\r\n\"village\",\"v1\",\"Village \"\"one\"\"\",\"d1\"\r\n", Encoding.UTF8.GetString(file!.Content));
        Assert.Equal("form.file-of-the-workbook", Assert.Single((await p.Do<DetachFormFile, Nothing>(u => u.Handle(p.Lead, p.Activity, draft, "itemsets.csv", default))).Refusals).Slug);
        Assert.Empty((await Publish(p, draft)).Refusals);
    }

    [Fact]
    public void Asks_for_files_by_their_addresses_of_every_kind() => Assert.Equal(
        [new("a.csv", NeededFileKind.List), new("c.xml", NeededFileKind.List), new("fruits.csv", NeededFileKind.List), new("d.png", NeededFileKind.Picture), new("e.mp3", NeededFileKind.Sound), new("f.mp4", NeededFileKind.Film)],
        NeededFiles.Of("""
            <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>
            <instance id="a" src="jr://file-csv/a.csv"/><instance id="c" src="jr://file/c.xml"/><instance id="l" src="jr://instance/last-saved"/></model></h:head>
            <h:body><select1 appearance="minimal search('fruits')"/><value form="image">jr://images/d.png</value><value form="audio">jr://audio/e.mp3</value><value form="video">jr://video/f.mp4</value></h:body></h:html>
            """));

    private static Task<Outcome<Nothing>> Attach(Planning p, FormVersionId form, string name, byte[] content) => p.Do<AttachFormFile, Nothing>(u => u.Handle(p.Lead, p.Activity, form, name, content, default));

    private static Task<Outcome<Nothing>> Publish(Planning p, FormVersionId form) => p.Do<PublishForm, Nothing>(u => u.Handle(p.Lead, p.Activity, form, default));

    private static Task<FormVersion> Form(Planning p, FormVersionId id) => p.Ask<AmanaDb, FormVersion>(db => db.Set<FormVersion>().AsNoTracking().FirstAsync(f => f.Id == id));
}
