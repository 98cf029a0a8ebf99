using System.Text;
using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Demo;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Records;

/// <summary>Entries that phones make and change without a line, and entries in turns of a repeat (ODK entities 2024.1 and 2025.1).</summary>
public sealed class Changes_made_without_a_line
{
    private const string Form = """"
        "survey",,,,,
        ,"type","name","label","required","save_to"
        ,"select_one yes_no","consent","Do you agree?","yes",""
        ,"select_one yes_no","consent_sharing","May we share?","",""
        ,"select_one yes_no","consent_recontact","May we come back to you?","",""
        ,"text","known","Number of the entry","",""
        ,"text","full_name","Name","","full_name"
        ,"text","village","Village","","village"
        ,"select_one sex","sex","Sex","",""
        ,"integer","age","Age","",""
        ,"select_one yes_no","disability","Disability","",""
        "choices",,,,,
        ,"list_name","name","label",,
        ,"yes_no","yes","Yes",,
        ,"yes_no","no","No",,
        ,"sex","female","Woman or girl",,
        ,"sex","male","Man or boy",,
        "entities",,,,,
        ,"list_name","label","entity_id","create_if","update_if"
        ,"people","${full_name}","coalesce(${known}, uuid())","${known} = ''","${known} != ''"
        "settings",,,,,
        ,"form_title","form_id","version",,
        ,"Visits","visits","1",,
        """";

    private const string Turns = """"
        "survey",,,,,
        ,"type","name","label","required","save_to"
        ,"select_one yes_no","consent","Do you agree?","yes",""
        ,"select_one yes_no","consent_sharing","May we share?","",""
        ,"select_one yes_no","consent_recontact","May we come back to you?","",""
        ,"select_one sex","sex","Sex","",""
        ,"integer","age","Age","",""
        ,"select_one yes_no","disability","Disability","",""
        ,"begin repeat","child","Child","",""
        ,"text","name","Name","","full_name"
        ,"end repeat","","","",""
        "choices",,,,,
        ,"list_name","name","label",,
        ,"yes_no","yes","Yes",,
        ,"yes_no","no","No",,
        ,"sex","female","Woman or girl",,
        ,"sex","male","Man or boy",,
        "entities",,,,,
        ,"list_name","label","repeat",,
        ,"people","${name}","${child}",,
        "settings",,,,,
        ,"form_title","form_id","version",,
        ,"Turns","visits","1",,
        """";

    [Theory, OnEveryStore]
    public async Task Wait_for_the_one_before_in_whatever_order_they_come(StoreKind store)
    {
        await using var h = await Visits.Begin(store, Form);
        foreach (var order in new[] { "0123", "3210", "2031", "1302" })
        {
            var (entity, branch) = (Guid.NewGuid(), Guid.NewGuid());
            string[] steps = [h.Make(entity, branch, "v0"), h.Change(entity, branch, 1, "v1"), h.Change(entity, branch, 2, "v2"), h.Change(entity, branch, 3, "v3")];
            foreach (var step in order)
                await h.Send(steps[step - '0']);
            var entry = await h.Entry(entity);
            Assert.Equal((4, EntityConflict.None, 0), (entry!.Version, entry.Conflict, await h.Waiting()));
            Assert.Equal("v3", await h.Village(entity));
        }
    }

    [Theory, OnEveryStore]
    public async Task Are_applied_by_force_after_five_days_and_marked_or_dropped_where_the_entry_never_came(StoreKind store)
    {
        await using var h = await Visits.Begin(store, Form);
        var (entity, nobody, branch) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await h.Send(h.Make(entity, null, "v0"));
        await h.Send(h.Change(entity, branch, 2, "late", trunk: 1)); // the first change of the branch never comes
        await h.Send(h.Change(nobody, branch, 2, "lost", trunk: 1));
        Assert.Equal(2, await h.Waiting());
        h.House.Clock.Move(TimeSpan.FromDays(4.9));
        await h.Release();
        Assert.Equal(2, await h.Waiting());
        h.House.Clock.Move(TimeSpan.FromDays(0.2));
        await h.Release();
        Assert.Equal((0, 2, "late"), (await h.Waiting(), (await h.Entry(entity))!.Version, await h.Village(entity)));
        Assert.Null(await h.Entry(nobody)); // made anew out of a change, it could bring back somebody who was erased
        var kinds = await h.House.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().Select(e => e.Kind).ToListAsync());
        Assert.All([nameof(EntityChangeHeld), "EntityChangeDropped", nameof(EntityUpdated)], kind => Assert.Contains(kind, kinds));
    }

    [Theory, OnEveryStore]
    public async Task Of_two_people_are_a_conflict_that_somebody_resolves(StoreKind store)
    {
        await using var h = await Visits.Begin(store, Form);
        var entity = Guid.NewGuid();
        await h.Send(h.Make(entity, null, "v0"));
        await h.Send(h.Change(entity, Guid.NewGuid(), 1, "v1", trunk: 1));
        await h.Send(h.Change(entity, Guid.NewGuid(), 1, "v2", trunk: 1));
        var conflict = Assert.Single((await h.Desk())[0].Conflicts);
        Assert.Equal((EntityConflict.Hard, 3), (conflict.Conflict, conflict.Version));

        var (officer, im) = (await h.As("protection"), await h.As("im"));
        var opened = await h.House.Do(s => s.GetRequiredService<ResolveEntity>().Open(officer.Citing("N1"), h.Activity, entity, default));
        Assert.Equal("v2", opened.Result.Content.Reveal().Properties["village"]);
        Assert.Contains("actor.no-role", (await h.House.Do(s => s.GetRequiredService<ResolveEntity>().Open(im.Citing("N1"), h.Activity, entity, default))).Refusals.Select(r => r.Slug));
        var values = new Dictionary<string, string> { ["village"] = "v1", ["nothing"] = "x" };
        Assert.Contains("record.edited-meanwhile", (await h.House.Do(s => s.GetRequiredService<ResolveEntity>().Handle(officer, h.Activity, entity, 2, values, default))).Refusals.Select(r => r.Slug));
        Assert.True((await h.House.Do(s => s.GetRequiredService<ResolveEntity>().Handle(officer, h.Activity, entity, 3, values, default))).IsDone);
        Assert.Equal((4, EntityConflict.None, "v1"), ((await h.Entry(entity))!.Version, (await h.Entry(entity))!.Conflict, await h.Village(entity)));
        Assert.Contains("entity.no-conflict", (await h.House.Do(s => s.GetRequiredService<ResolveEntity>().Handle(im, h.Activity, entity, 4, null, default))).Refusals.Select(r => r.Slug));
    }

    [Theory, OnEveryStore]
    public async Task In_turns_of_a_repeat_are_entries_of_their_own(StoreKind store)
    {
        await using var h = await Visits.Begin(store, Turns);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        string Child(Guid id, string name) => $"<child><name>{name}</name><meta><entity dataset=\"people\" id=\"{id:D}\" create=\"1\"><label>{name}</label></entity></meta></child>";
        await h.Send($"<data id=\"visits\" version=\"1\"><consent>yes</consent><consent_sharing>no</consent_sharing><consent_recontact>yes</consent_recontact><sex>female</sex><age>30</age><disability>no</disability>{Child(first, "Child-One")}{Child(second, "Child-Two")}<meta><instanceID>uuid:{Guid.NewGuid():D}</instanceID></meta></data>");
        foreach (var (id, name) in new[] { (first, "Child-One"), (second, "Child-Two") })
        {
            var opened = await h.House.Do(async s => await s.GetRequiredService<ResolveEntity>().Open((await h.As("protection")).Citing("N1"), h.Activity, id, default));
            Assert.Equal((name, name), (opened.Result.Content.Reveal().Label, opened.Result.Content.Reveal().Properties["full_name"]));
        }
    }

    private sealed class Visits : IAsyncDisposable
    {
        private int _sent;
        private AccessContext _phone = AccessContext.House;
        private Guid _phoneId;

        public required TestHouse House { get; init; }
        public ActivityId Activity { get; private set; }

        public static async Task<Visits> Begin(StoreKind store, string form)
        {
            var h = new Visits { House = await TestHouse.Open(store) };
            var path = await h.House.Do(s => s.GetRequiredService<SeedTrial>().Handle(Encoding.UTF8.GetBytes(form), "visits", default));
            await h.House.Do(async s =>
            {
                h.Activity = await s.GetRequiredService<AmanaDb>().Set<Activity>().Select(a => a.Id).SingleAsync();
                var phone = (await s.GetRequiredService<PhoneByToken>().Read(path!.Split("/key/")[1].Split('/')[0], h.Activity, default))!.Value;
                (h._phone, h._phoneId) = (phone.Who, phone.Phone.Id.Value);
            });
            return h;
        }

        public string Make(Guid entity, Guid? branch, string village) => Xml($"create=\"1\"{(branch is { } b ? $" branchId=\"{b:D}\"" : "")}", entity, village);

        public string Change(Guid entity, Guid branch, int from, string village, int? trunk = null) =>
            Xml($"update=\"1\" baseVersion=\"{from}\" branchId=\"{branch:D}\" trunkVersion=\"{trunk}\"", entity, village);

        public async Task Send(string xml)
        {
            var outcome = await House.Do(s => s.GetRequiredService<ReceiveSubmission>().Handle(_phone, new IncomingSubmission(Activity, _phoneId, new Sensitive<byte[]>(Encoding.UTF8.GetBytes(xml)), []), default));
            Assert.Empty(outcome.Refusals.Select(r => r.Slug));
            Assert.Equal(SubmissionOutcome.Accepted, outcome.Result.Kind);
        }

        public Task<ListedEntity?> Entry(Guid id) => House.Do(s => s.GetRequiredService<AmanaDb>().Set<ListedEntity>().AsNoTracking().FirstOrDefaultAsync(e => e.EntityId == id));

        public Task<int> Waiting() => House.Do(s => s.GetRequiredService<AmanaDb>().Set<WaitingEntityChange>().CountAsync());

        public Task<int> Release() => House.Do(s => s.GetRequiredService<ReleaseEntityChanges>().Handle(AccessContext.House, default));

        public Task<AccessContext> As(string key) => House.Do(async s =>
        {
            var member = await s.GetRequiredService<AmanaDb>().Set<StaffMember>().SingleAsync(m => m.Email == key + "@demo.example");
            return new AccessContext(new Actor(ActorKind.Staff, member.Id, member.OrganisationId, member.Duties));
        });

        public async Task<IReadOnlyList<ShownEntityList>> Desk()
        {
            var im = await As("im");
            return (await House.Do(s => s.GetRequiredService<EntityDesk>().Read(im, Activity, default))).Result;
        }

        public async Task<string> Village(Guid id)
        {
            var officer = (await As("protection")).Citing("N1");
            return (await House.Do(s => s.GetRequiredService<ResolveEntity>().Open(officer, Activity, id, default))).Result.Content.Reveal().Properties["village"];
        }

        public ValueTask DisposeAsync() => House.DisposeAsync();

        private string Xml(string attributes, Guid entity, string village) =>
            $"<data id=\"visits\" version=\"1\"><consent>yes</consent><consent_sharing>no</consent_sharing><consent_recontact>yes</consent_recontact><known/><full_name>Name {++_sent}</full_name><village>{village}</village><sex>female</sex><age>30</age><disability>no</disability>" +
            $"<meta><instanceID>uuid:{Guid.NewGuid():D}</instanceID><entity dataset=\"people\" id=\"{entity:D}\" {attributes}><label>Name</label></entity></meta></data>";
    }
}
