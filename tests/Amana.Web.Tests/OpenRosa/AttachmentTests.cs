using System.Net;
using System.Text;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Features.Activities;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Risk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>Files of a submission, which may come in later posts of the same XML.</summary>
[Collection(DemoCollection.Name)]
public class An_attachment(DemoHost host)
{
    private const string Photo = "1700000000000.jpg";

    [Fact]
    public async Task In_a_second_post_joins_its_record_once_and_only_when_an_answer_names_it()
    {
        var phone = await host.Phone(6);
        Assert.DoesNotContain("formID", await (await phone.Get("/formList")).Content.ReadAsStringAsync(), StringComparison.Ordinal); // it does not collect yet
        await OpenWithAPhoto();
        var xml = Submissions.Border(Guid.NewGuid(), formId: "with_photo", extra: $"<consent_photo>yes</consent_photo><photo>{Photo}</photo>");
        using var first = await phone.Submit(xml);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(0, await Files());
        var jpeg = Encoding.ASCII.GetBytes("a made-up picture, byte for byte");
        using var second = await phone.Submit(xml, (Photo, jpeg), ("unasked.jpg", jpeg));
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        using var third = await phone.Submit(xml, (Photo, jpeg));
        Assert.Equal(HttpStatusCode.Created, third.StatusCode);
        Assert.Equal(1, await Files());
        Assert.False(host.Holds("a made-up picture, byte for byte"), "A picture stands open in a file of the house.");
    }

    /// <summary>A phone sends a record with its files in several posts. The line breaks in the middle of the second; the answer to the third is lost; the phone begins again from the start, as it was told nothing.</summary>
    [Fact]
    public async Task Of_a_record_that_is_cut_in_the_middle_of_its_parts_is_kept_once_with_all_its_files()
    {
        var phone = await host.Phone(1);
        await TwoPhotos();
        var xml = Submissions.Border(Guid.NewGuid(), formId: "two_photos", extra: "<photo>one.jpg</photo><photo_two>two.jpg</photo_two>");
        var (records, files) = ((await host.Rows())["records"], await Files(1));
        foreach (var round in Enumerable.Range(0, 2))
        {
            using var first = await phone.Post(Part(xml, more: true, ("one.jpg", "the first made-up picture")));
            Assert.Equal(HttpStatusCode.Accepted, first.StatusCode); // more follows
            if (round == 0)
                await Assert.ThrowsAnyAsync<Exception>(() => phone.Post(new BrokenLine(Part(xml, more: false, ("two.jpg", new string('x', 50_000))))));
            Assert.Equal((records + 1, files + 1 + round), ((await host.Rows())["records"], await Files(1)));
            using var second = await phone.Post(Part(xml, more: false, ("two.jpg", "the second made-up picture")));
            Assert.Equal(HttpStatusCode.Created, second.StatusCode); // never seen by the phone in the first round
            Assert.Equal((records + 1, files + 2), ((await host.Rows())["records"], await Files(1)));
        }

        using var other = await phone.Post(Part(xml.Replace("Amina Alwadi", "Somebody Else", StringComparison.Ordinal), more: false, ("two.jpg", "other")));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal((records + 1, files + 2), ((await host.Rows())["records"], await Files(1)));
    }

    [Fact]
    public async Task In_a_post_of_more_files_than_are_taken_is_not_left_out_in_silence()
    {
        var phone = await host.Phone(1);
        var before = await host.Rows();
        using var answer = await phone.Submit(Submissions.Border(Guid.NewGuid()), [.. Enumerable.Range(0, 201).Select(i => ($"{i}.jpg", new byte[] { 1 }))]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("several parts", await Phone.Message(answer), StringComparison.Ordinal);
        Assert.Equal(before, await host.Rows());
    }

    private static MultipartFormDataContent Part(string xml, bool more, params (string Name, string Content)[] files)
    {
        var form = new MultipartFormDataContent();
        if (more)
            form.Add(new StringContent("yes"), "*isIncomplete*");
        form.Add(new StringContent(xml, Encoding.UTF8, "text/xml"), "xml_submission_file", "submission.xml");
        foreach (var (name, content) in files)
            form.Add(new StringContent(content, Encoding.UTF8, "image/jpeg"), name, name);
        return form;
    }

    /// <summary>A body that ends in the middle because the line does.</summary>
    private sealed class BrokenLine(HttpContent whole) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var bytes = await whole.ReadAsByteArrayAsync();
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            throw new IOException("The line broke.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            Headers.ContentType = whole.Headers.ContentType;
            return false;
        }
    }

    private async Task TwoPhotos()
    {
        var csv = (await host.BorderForm("two_photos")).Replace("\n\"choices\"", "\n,\"image\",\"photo\",\"One\",\"واحدة\",\"\",\"\",\"\",\"\",\"\",\"\"\n,\"image\",\"photo_two\",\"Two\",\"اثنتان\",\"\",\"\",\"\",\"\",\"\",\"\"\n\"choices\"", StringComparison.Ordinal);
        var (activity, draft) = await host.Draft(1, csv);
        await Must(s => s.GetRequiredService<PublishForm>().Handle(host.As("im"), activity, draft, CancellationToken.None));
        await host.LookAtRisksAgain(activity);
        await Must(s => s.GetRequiredService<SetFormState>().Handle(host.As("im"), activity, draft, Amana.Domain.Forms.FormState.Closing, CancellationToken.None)); // other tests look at the list
    }

    private Task<int> Files(int number = 6) => host.Do(async s =>
    {
        var activity = await host.Activity(number);
        var db = s.GetRequiredService<AmanaDb>();
        return await db.Set<PersonBox>().CountAsync(b => b.Compartment == Compartment.Files && db.Set<RecordEntry>().Any(r => r.Id == b.RecordId && r.ActivityId == activity));
    });

    /// <summary>Opens activity 6 with the sample form and one question more, which asks for a photo.</summary>
    private async Task OpenWithAPhoto()
    {
        var activity = await host.Activity(6);
        var csv = (await File.ReadAllTextAsync(Path.Combine(Sources.Root, "samples", "border-monitoring.csv")))
            .Replace("\"border_monitoring\"", "\"with_photo\"", StringComparison.Ordinal)
            .Replace("\n\"choices\"", """

                ,"select_one yes_no","consent_photo","May we take a photo?","هل نلتقط صورة؟","yes","","","","",""
                ,"image","photo","A photo of the paper","صورة الورقة","","${consent_photo} = 'yes'","","","",""
                "choices"
                """, StringComparison.Ordinal);
        var form = await Must(s => s.GetRequiredService<UploadForm>().Handle(host.As("im"), activity, Encoding.UTF8.GetBytes(csv), "with-photo.csv", CancellationToken.None));
        await Must(s => s.GetRequiredService<AcceptProposals>().Handle(host.As("im"), activity, form, "N1", CancellationToken.None));
        await Must(s => s.GetRequiredService<PublishForm>().Handle(host.As("im"), activity, form, CancellationToken.None));
        await Must(s => s.GetRequiredService<ReviewRisk>().Handle(host.As("focal"), activity, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddDays(60).UtcDateTime), CancellationToken.None));
        await Must(s => s.GetRequiredService<Amana.Features.Impartiality.ReviewNeutrality>().Handle(host.As("protection"), activity, form, "Read aloud in both languages; nothing leads.", CancellationToken.None));
        await Must(s => s.GetRequiredService<EnterStep>().Handle(host.As("im"), activity, PimStep.Implement, CancellationToken.None));
    }

    private async Task<T> Must<T>(Func<IServiceProvider, Task<Amana.Domain.Shared.Outcome<T>>> act)
    {
        var outcome = await host.Do(act);
        Assert.True(outcome.IsDone, string.Join(", ", outcome.Refusals.Select(r => r.Slug + " " + string.Join(' ', r.Args.Values))));
        return outcome.Result;
    }
}
