using System.Text;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Purpose;
using Amana.Features.Tests.Activities;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Tests.Forms;

/// <summary>What the review of an uploaded form finds is kept with it, holds publishing, and its answers go on to the next version.</summary>
public class A_review
{
    private static byte[] Workbook(string version) => Encoding.UTF8.GetBytes(
        "survey\n,type,name,label\n,select_one yn,consent,Do you agree to take part?\n,text,faith,What is your religion?\nchoices\n,list_name,name,label\n,yn,yes,Yes\n,yn,no,No\nsettings\n,form_title,form_id,version\n,Paths,paths," + version + "\n");

    [Theory, OnEveryStore]
    public async Task Of_an_uploaded_form_holds_publishing_until_it_is_answered(StoreKind store)
    {
        await using var p = await Planning.Begin(store);
        await p.EnterDesign();
        Assert.True((await p.Do<StatePurpose, Nothing>(u => u.Handle(p.Lead, p.Activity, p.APurpose(), default))).IsDone);
        var first = await Upload(p, "1");
        var key = Assert.Single((await Read(p, first)).OpenFindings, f => f.Weight == ReviewWeight.Serious).Key;
        Assert.Contains((await Publish(p, first)).Refusals, r => r.Slug == "form.finding-open");
        Assert.Equal("form.finding-reason", Assert.Single((await Answer(p, first, key, "no")).Refusals).Slug);
        Assert.True((await Answer(p, first, key, "Asked so that places of prayer are safe.")).IsDone);
        Assert.DoesNotContain((await Publish(p, first)).Refusals, r => r.Slug == "form.finding-open");

        var second = await Upload(p, "2");
        Assert.Equal("Asked so that places of prayer are safe.", Assert.Single((await Read(p, second)).Answers).Reason);
        Assert.DoesNotContain((await Publish(p, second)).Refusals, r => r.Slug == "form.finding-open");
    }

    private static async Task<FormVersionId> Upload(Planning p, string version)
    {
        var outcome = await p.Do<UploadForm, FormVersionId>(u => u.Handle(p.Lead, p.Activity, Workbook(version), "paths.csv", default));
        Assert.True(outcome.IsDone, string.Join(", ", outcome.Refusals.Select(r => r.Slug + " " + string.Join(' ', r.Args.Values))));
        return outcome.Result;
    }

    private static Task<Outcome<Nothing>> Publish(Planning p, FormVersionId form) => p.Do<PublishForm, Nothing>(u => u.Handle(p.Lead, p.Activity, form, default));

    private static Task<Outcome<Nothing>> Answer(Planning p, FormVersionId form, string key, string reason) => p.Do<AnswerFinding, Nothing>(u => u.Handle(p.Lead, p.Activity, form, key, reason, default));

    private static Task<FormVersion> Read(Planning p, FormVersionId form) => p.Ask<AmanaDb, FormVersion>(db => db.Set<FormVersion>().AsNoTracking().FirstAsync(f => f.Id == form));
}
