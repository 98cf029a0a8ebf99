using System.Text;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Tests.Activities;
using Amana.Testing;

namespace Amana.Features.Tests.Forms;

/// <summary>A workbook that is uploaded again.</summary>
public sealed class A_new_version_of_a_form
{
    [Theory, OnEveryStore]
    public async Task Asks_its_yes_for_the_same_service_as_before_and_not_for_all(StoreKind store)
    {
        await using var p = await Drafting.Begin(store);
        var first = await Drafting.Upload(p, Drafting.WithVillages("1"));
        var safe = (await Elements(p, first)).Single(e => e.Name == "safe");
        var given = new ClassifyElement(safe.Path, "N1", Sensitivity.Open, ElementRole.None, ConsentAsk.Referral, null, null) { AskFor = "legal" };
        Assert.Empty((await p.Do<ClassifyElements, Nothing>(u => u.Handle(p.Lead, p.Activity, first, [given], default))).Refusals);

        p.House.Clock.Move(TimeSpan.FromMinutes(1));
        var second = (await p.Do<UploadForm, FormVersionId>(u => u.Handle(p.Lead, p.Activity, Encoding.UTF8.GetBytes(Drafting.WithVillages("2")), "form.csv", default))).Result;
        var carried = (await Elements(p, second)).Single(e => e.Name == "safe");
        Assert.Equal((ConsentAsk.Referral, "legal"), (carried.Ask, carried.AskFor));
    }

    private static async Task<IReadOnlyList<Element>> Elements(Planning p, FormVersionId form) =>
        (await p.Ask<ActivityReader, ActivitySnapshot>(async r => (await r.Snapshot(p.Activity, default))!)).Forms.Single(f => f.Id == form).Elements;
}
