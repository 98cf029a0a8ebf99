using System.Net;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Features.Platform;
using Amana.Features.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>Submissions that replace one that came before (OpenRosa, <c>meta/deprecatedID</c>).</summary>
[Collection(DemoCollection.Name)]
public class An_edit_on_the_phone(DemoHost host)
{
    [Fact]
    public async Task Is_a_new_version_and_the_older_ones_stay_sealed()
    {
        var phone = await host.Phone(1);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await Send(phone, Submissions.Border(first, "Name-Before-Edit"), HttpStatusCode.Created);
        var before = await host.Rows();
        var edit = Edit(second, first, "Name-After-Edit");
        await Send(phone, edit, HttpStatusCode.Created);
        await Send(phone, edit, HttpStatusCode.Created); // sent again: nothing happens twice
        var after = await host.Rows();
        Assert.Equal((before["records"], before["people"], before["record_versions"] + 1), (after["records"], after["people"], after["record_versions"]));
        Assert.False(host.Holds("Name-After-Edit"));
        var (record, old) = await host.Do(async s =>
        {
            var version = await s.GetRequiredService<AmanaDb>().Set<RecordVersion>().OrderByDescending(v => v.ReplacedAt).FirstAsync();
            return (await s.GetRequiredService<AmanaDb>().Set<RecordEntry>().FirstAsync(r => r.Id == version.RecordId), version);
        });
        Assert.Equal((2, 1, AmendReason.EditedOnDevice), (record.Version, old.Version, old.Reason));
        var opened = await host.Must(async s => await s.GetRequiredService<OpenRecord>().Handle(host.As("protection").Citing("N1"), await host.Activity(1), record.Code, CancellationToken.None));
        Assert.Contains(opened.Answers, a => a.Value.Reveal() == "Name-After-Edit");
        Assert.DoesNotContain(opened.Answers, a => a.Value.Reveal() == "Name-Before-Edit");

        await Send(phone, Edit(Guid.NewGuid(), first, "Name-Too-Late"), HttpStatusCode.Conflict); // of a version that was replaced
        await Send(phone, Edit(Guid.NewGuid(), second, "Name-Third"), HttpStatusCode.Created);
        await Send(phone, Edit(Guid.NewGuid(), Guid.NewGuid(), "Name-Of-Nobody"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task That_says_no_withdraws_the_record_and_keeps_nothing_new()
    {
        var phone = await host.Phone(1);
        var first = Guid.NewGuid();
        await Send(phone, Submissions.Border(first), HttpStatusCode.Created);
        var before = await host.Rows();
        await Send(phone, Edit(Guid.NewGuid(), first, "Name-That-Said-No", "no"), HttpStatusCode.Created);
        var after = await host.Rows();
        Assert.Equal(before["record_versions"], after["record_versions"]);
        Assert.False(host.Holds("Name-That-Said-No"));
        await Send(phone, Edit(Guid.NewGuid(), first, "Name-Again"), HttpStatusCode.Conflict, HttpStatusCode.NotFound); // withdrawn, or erased already
    }

    [Fact]
    public async Task That_takes_a_yes_back_takes_it_back()
    {
        var phone = await host.Phone(1);
        var first = Guid.NewGuid();
        await Send(phone, Submissions.Border(first), HttpStatusCode.Created);
        await Send(phone, Edit(Guid.NewGuid(), first, "Same").Replace("<consent_sharing>yes", "<consent_sharing>no", StringComparison.Ordinal), HttpStatusCode.Created);
        var consent = await host.Do(async s =>
        {
            var db = s.GetRequiredService<AmanaDb>();
            var record = await db.Set<RecordVersion>().OrderByDescending(v => v.ReplacedAt).Select(v => v.RecordId).FirstAsync();
            return await db.Set<PersonConsent>().FirstAsync(c => db.Set<RecordEntry>().Any(r => r.Id == record && r.ConsentId == c.Id));
        });
        Assert.Equal((ConsentState.Given, false, true), (consent.State, consent.Yeses.Any(y => y.Ask == ConsentAsk.Sharing), consent.Permits(ConsentAsk.Participation, consent.GivenAt)));
    }

    [Fact]
    public async Task Of_another_phone_s_record_needs_the_right_to_amend()
    {
        var (mine, others) = (await host.Phone(1), await host.Phone(1));
        var first = Guid.NewGuid();
        await Send(mine, Submissions.Border(first), HttpStatusCode.Created);
        await Send(others, Edit(Guid.NewGuid(), first, "Name-By-Another"), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Never_makes_a_record_one_of_another_form()
    {
        var form = await host.Publish(1, await host.BorderForm("edit_elsewhere"));
        var (phone, first) = (await host.Phone(1), Guid.NewGuid());
        await Send(phone, Submissions.Border(first), HttpStatusCode.Created);
        await Send(phone, Edit(Guid.NewGuid(), first, "Name-In-Another-Form").Replace("border_monitoring", "edit_elsewhere", StringComparison.Ordinal), HttpStatusCode.NotFound);
        await Send(phone, Edit(Guid.NewGuid(), first, "Name-In-Its-Own"), HttpStatusCode.Created);
        await host.Must(s => s.GetRequiredService<Amana.Features.Forms.SetFormState>().Handle(host.As("im"), form.Activity, form.Id, FormState.Closed, CancellationToken.None));
    }

    private static string Edit(Guid id, Guid replaces, string name, string consent = "yes") =>
        Submissions.Border(id, name, consent).Replace("<meta>", $"<meta><deprecatedID>uuid:{replaces:D}</deprecatedID>", StringComparison.Ordinal);

    private static async Task Send(Phone phone, string xml, params HttpStatusCode[] expected)
    {
        using var answer = await phone.Submit(xml);
        Assert.Contains(answer.StatusCode, expected);
        await Phone.Message(answer);
    }
}
