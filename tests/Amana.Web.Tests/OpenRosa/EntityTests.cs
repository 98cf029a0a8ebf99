using System.Net;
using System.Xml.Linq;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.XForms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>Entity lists from the form that fills them to the phone that looks them up (ODK XForms entities specification; calls as recorded with ODK Central).</summary>
[Collection(DemoCollection.Name)]
public class An_entity_list(DemoHost host)
{
    private static readonly XNamespace Files = "http://openrosa.org/xforms/xformsManifest";

    [Fact]
    public async Task Is_filled_by_records_given_to_those_who_may_open_and_kept_true()
    {
        var visit = await host.Publish(1, Registration("people_a"));
        var follow = await host.Publish(1, FollowUp("people_a"));
        var collector = await host.Phone(1);
        var (opener, (first, second)) = (await host.Phone(1, "im", "protection"), (Guid.NewGuid(), Guid.NewGuid()));
        await Send(collector, Register("people_a", first, "Name-On-List, One"));
        await Send(collector, Register("people_a", second, "Name-On-List Two"));
        var (address, integrity, hash) = await Offered(opener, "follow_people_a");
        using var given = await opener.Get(address, version: null);
        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        var lines = (await given.Content.ReadAsStringAsync()).TrimEnd().Split('\n');
        Assert.Equal("name,label,__version,full_name,village", lines[0]);
        Assert.Contains($"{first:D},\"Name-On-List, One\",1,\"Name-On-List, One\",v1", lines);
        Assert.False(host.Holds("Name-On-List"), "A name of an entry stands open in a file of the house.");
        Assert.Contains(await Happenings("EntityListGiven"), h => h.Contains("\"x-entities\":\"2\"", StringComparison.Ordinal));
        using var again = await opener.Get(address, version: null, ("If-None-Match", given.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Contains(given.Headers.ETag.Tag.Trim('"'), hash, StringComparison.Ordinal);

        using var refused = await collector.Get(address.Replace(opener.Root, collector.Root, StringComparison.Ordinal), version: null);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode); // who only collects is given no names
        await Phone.Message(refused);

        await Send(opener, Change("people_a", first, 1, "v2")); // from the newest version
        await Send(opener, Change("people_a", first, 1, "v3")); // from one that was left behind, the same answer
        Assert.Equal((3, EntityConflict.Hard), await Entry(first));
        var (_, _, later) = await Offered(opener, "follow_people_a");
        Assert.NotEqual(hash, later);
        using var newest = await opener.Get(address, version: null);
        Assert.Contains($"{first:D},\"Name-On-List, One\",3,\"Name-On-List, One\",v3", await newest.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await Withdraw(collector, second);
        using var answer = await opener.Get($"{integrity}?id={first:D},{second:D},{Guid.Empty:D}");
        var told = SafeXml.Parse(await answer.Content.ReadAsStringAsync()).Root!.Descendants("entity").ToDictionary(e => e.Attribute("id")!.Value, e => e.Element("deleted")!.Value, StringComparer.Ordinal);
        // Central leaves unknown ids out; here they are gone like those of people who withdrew, so that a phone forgets both and nobody learns which it was.
        Assert.Equal(("false", "true", "true"), (told[first.ToString("D")], told[second.ToString("D")], told[Guid.Empty.ToString("D")]));
        using var without = await opener.Get(address, version: null);
        Assert.DoesNotContain("Two", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var form in new[] { visit, follow })
            await host.Must(s => s.GetRequiredService<SetFormState>().Handle(host.As("im"), form.Activity, form.Id, FormState.Closed, CancellationToken.None));
    }

    [Fact]
    public async Task Loses_whoever_takes_back_the_yes_to_be_contacted_again_on_every_phone()
    {
        var visit = await host.Publish(1, Registration("people_c").Replace(",\"text\",\"full_name\"", ",\"select_one yes_no\",\"consent_recontact\",\"May we contact you again?\",\"هل نتواصل معك مجددًا؟\",\"\"\n,\"text\",\"full_name\"", StringComparison.Ordinal));
        var follow = await host.Publish(1, FollowUp("people_c"));
        var (collector, opener, stays, leaves) = (await host.Phone(1), await host.Phone(1, "im", "protection"), Guid.NewGuid(), Guid.NewGuid());
        foreach (var id in new[] { stays, leaves })
            await Send(collector, Asked(Register("people_c", id, "Name " + id.ToString("N")[..6]), "yes"));
        var (address, integrity, hash) = await Offered(opener, "follow_people_c");
        Assert.Equal(3, (await (await opener.Get(address, version: null)).Content.ReadAsStringAsync()).TrimEnd().Split('\n').Length);
        await Send(collector, Asked(Register("people_c", leaves, "Name"), "no").Replace($"<instanceID>uuid:{leaves:D}", $"<deprecatedID>uuid:{leaves:D}</deprecatedID><instanceID>uuid:{Guid.NewGuid():D}", StringComparison.Ordinal));
        Assert.NotEqual(hash, (await Offered(opener, "follow_people_c")).Hash); // else no phone would fetch the list again
        Assert.DoesNotContain(leaves.ToString("D"), await (await opener.Get(address, version: null)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var told = SafeXml.Parse(await (await opener.Get($"{integrity}?id={stays:D},{leaves:D}")).Content.ReadAsStringAsync()).Root!.Descendants("entity").ToDictionary(e => e.Attribute("id")!.Value, e => e.Element("deleted")!.Value, StringComparer.Ordinal);
        Assert.Equal(("false", "true"), (told[stays.ToString("D")], told[leaves.ToString("D")]));
        foreach (var form in new[] { visit, follow })
            await host.Must(s => s.GetRequiredService<SetFormState>().Handle(host.As("im"), form.Activity, form.Id, FormState.Closed, CancellationToken.None));
    }

    private static string Asked(string xml, string recontact) => xml.Replace("<full_name>", $"<consent_recontact>{recontact}</consent_recontact><full_name>", StringComparison.Ordinal);

    [Fact]
    public async Task Is_empty_for_whoever_tries_a_draft()
    {
        var form = await host.Publish(1, Registration("people_b"));
        await Send(await host.Phone(1), Register("people_b", Guid.NewGuid(), "Name-Not-For-Trials"));
        var (activity, draft) = await host.Draft(1, FollowUp("people_b"));
        var token = await host.Must(s => s.GetRequiredService<StartDraftTest>().Handle(host.As("im"), activity, draft, CancellationToken.None));
        var phone = new Phone(host, $"/v1/test/{token}/projects/1/forms/follow_people_b/draft", default);
        using var manifest = await phone.Get("/manifest");
        using var list = await phone.Get(SafeXml.Parse(await manifest.Content.ReadAsStringAsync()).Root!.Descendants(Files + "downloadUrl").Single().Value, version: null);
        Assert.Equal("name,label,__version,full_name,village\n", await list.Content.ReadAsStringAsync());
        await host.Must(s => s.GetRequiredService<SetFormState>().Handle(host.As("im"), form.Activity, form.Id, FormState.Closed, CancellationToken.None));
    }

    private async Task<(string Address, string Integrity, string Hash)> Offered(Phone phone, string form)
    {
        using var manifest = await phone.Get($"/forms/{form}/manifest");
        var file = Assert.Single(SafeXml.Parse(await manifest.Content.ReadAsStringAsync()).Root!.Elements(Files + "mediaFile"));
        Assert.Equal("entityList", file.Attribute("type")?.Value);
        Assert.StartsWith("md5:", file.Element(Files + "hash")!.Value, StringComparison.Ordinal);
        return (file.Element(Files + "downloadUrl")!.Value, file.Element(Files + "integrityUrl")!.Value, file.Element(Files + "hash")!.Value);
    }

    private Task<(int, EntityConflict)> Entry(Guid id) => host.Do(async s =>
    {
        var entry = await s.GetRequiredService<AmanaDb>().Set<ListedEntity>().AsNoTracking().FirstAsync(e => e.EntityId == id);
        return (entry.Version, entry.Conflict);
    });

    private Task<List<string>> Happenings(string kind) => host.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().Where(e => e.Kind == kind).Select(e => e.Canonical).ToListAsync());

    /// <summary>The person of an entry says no at a second visit, which the phone sends as an edit of the first.</summary>
    private async Task Withdraw(Phone phone, Guid entity) =>
        await Send(phone, $"<data id=\"visit_people_a\" version=\"1\"><consent>no</consent><meta><instanceID>uuid:{Guid.NewGuid():D}</instanceID><deprecatedID>uuid:{entity:D}</deprecatedID></meta></data>");

    private static async Task Send(Phone phone, string xml)
    {
        using var answer = await phone.Submit(xml);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    // The record has the id of its entry, so that a test can speak of both.
    private static string Register(string list, Guid id, string name) =>
        $"<data id=\"visit_{list}\" version=\"1\"><consent>yes</consent><full_name>{name}</full_name><village>v1</village><meta><instanceID>uuid:{id:D}</instanceID><entity dataset=\"{list}\" create=\"1\" id=\"{id:D}\"><label>{name}</label></entity></meta></data>";

    private static string Change(string list, Guid id, int from, string village) =>
        $"<data id=\"follow_{list}\" version=\"1\"><consent>yes</consent><person>{id:D}</person><village>{village}</village><meta><instanceID>uuid:{Guid.NewGuid():D}</instanceID><entity dataset=\"{list}\" update=\"1\" baseVersion=\"{from}\" id=\"{id:D}\"/></meta></data>";

    private static string Registration(string list) => Form("visit_" + list, ",\"text\",\"full_name\",\"Name\",\"الاسم\",\"full_name\"", $",\"{list}\",\"${{full_name}}\",\"\"");

    private static string FollowUp(string list) => Form("follow_" + list, $",\"select_one_from_file {list}.csv\",\"person\",\"Who?\",\"من؟\",\"\"", $",\"{list}\",\"\",\"${{person}}\"");

    private static string Form(string id, string question, string entity) => $"""
        "survey",,,,,
        ,"type","name","label::English (en)","label::Arabic (ar)","save_to"
        ,"select_one yes_no","consent","Do you agree to take part?","هل توافق على المشاركة؟",""
        {question}
        ,"text","village","Which village?","أي قرية؟","village"
        "choices",,,,,
        ,"list_name","name","label::English (en)","label::Arabic (ar)",
        ,"yes_no","yes","Yes","نعم",
        ,"yes_no","no","No","لا",
        "entities",,,,,
        ,"list_name","label","entity_id",,
        {entity}
        "settings",,,,,
        ,"form_title","form_id","version","default_language",
        ,"Visits","{id}","1","English (en)",
        """;
}
