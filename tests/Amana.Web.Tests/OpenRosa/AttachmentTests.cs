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

    private Task<int> Files() => host.Do(async s =>
    {
        var activity = await host.Activity(6);
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
