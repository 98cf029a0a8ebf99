using System.Text;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Demo;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Records;
using Amana.Features.Rights;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Records;

/// <summary>Entries of entity lists, edits and encrypted records, on both databases: made, replaced, and gone with the person.</summary>
public sealed class What_phones_send
{
    [Theory, OnEveryStore]
    public async Task Goes_with_the_person_entries_and_earlier_versions_included(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var (who, activity, phone) = await Collecting(house);
        var (first, entity) = (Guid.NewGuid(), Guid.NewGuid());
        var receipt = await Send(house, who, activity, phone, Xml(first, entity, "Name-One"));
        Assert.Equal(SubmissionOutcome.Accepted, receipt.Kind);
        Assert.Equal((1, 0), await Kept(house));
        Assert.Equal(SubmissionOutcome.Accepted, (await Send(house, who, activity, phone, Xml(Guid.NewGuid(), entity, "Name-Two").Replace("<meta>", $"<meta><deprecatedID>uuid:{first:D}</deprecatedID>", StringComparison.Ordinal))).Kind);
        Assert.Equal((1, 1), await Kept(house));

        var list = await house.Do(s => s.GetRequiredService<EntityLists>().Read(activity, "people", default));
        var refused = await house.Do(s => s.GetRequiredService<GiveEntityList>().Handle(who, activity, list!.Id, default));
        Assert.Contains(refused.Refusals, r => r.Slug == "actor.no-role"); // an enumerator is given no names
        Assert.True((await house.Do(s => s.GetRequiredService<WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, receipt.ReceiptCode!, [Domain.Forms.ConsentAsk.Participation], default))).IsDone);
        Assert.All(await house.Do(s => s.GetRequiredService<EntityLists>().Integrity(list!.Id, [entity.ToString("D")], default)), e => Assert.True(e.Deleted));
        Assert.NotEqual(list!.Stamp, (await house.Do(s => s.GetRequiredService<EntityLists>().Read(activity, "people", default)))!.Stamp);
        await house.Do(s => s.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, default));
        Assert.Equal((0, 0), await Kept(house));
    }

    [Theory, OnEveryStore]
    public async Task Encrypted_is_opened_whole_and_waits_in_parts(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var (who, activity, phone) = await Collecting(house);
        var key = await Key(house, activity);
        foreach (var likeEnketo in new[] { false, true })
        {
            var xml = Xml(Guid.NewGuid(), Guid.NewGuid(), "Name");
            var (envelope, files) = new PhoneEncryptor(key, likeEnketo).Encrypt(xml, "household_needs", "1", "uuid:x", ("p.jpg", [1, 2, 3]));
            Assert.Null((await Open(envelope, files[..1])).Result);
            Assert.Null((await Open(envelope, files[..1])).Result);
            var opened = (await Open(envelope, files[1..])).Result!;
            Assert.Equal((xml, "p.jpg"), (Encoding.UTF8.GetString(opened.Xml.Reveal()), Assert.Single(opened.Files).Name));
            Assert.Equal(0, await house.Do(s => s.GetRequiredService<AmanaDb>().Set<Domain.Forms.AwaitedPart>().CountAsync()));
            Assert.Equal("submission.not-openable", Assert.Single((await Open(envelope.Replace("uuid:x", "uuid:y", StringComparison.Ordinal), files)).Refusals).Slug);
        }

        Task<Outcome<IncomingSubmission?>> Open(string envelope, List<(string Name, byte[] Content)> files) => house.Do(s => s.GetRequiredService<OpenEncrypted>().Handle(who,
            new IncomingSubmission(activity, phone, new Sensitive<byte[]>(Encoding.UTF8.GetBytes(envelope)), [.. files.Select(f => new IncomingFile(f.Name, "x", new Sensitive<byte[]>(f.Content)))]), keepParts: true, default));
    }

    [Theory, OnEveryStore]
    public async Task In_parts_is_listed_until_the_late_part_comes_and_destroyed_when_it_is_given_up(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var (who, activity, phone) = await Collecting(house);
        var key = await Key(house, activity);
        var xml = Xml(Guid.NewGuid(), Guid.NewGuid(), "Name");
        var (late, lateFiles) = new PhoneEncryptor(key, false).Encrypt(xml, "household_needs", "1", "uuid:late", ("p.jpg", [1, 2, 3]), ("v.m4a", [4]));
        var (lost, lostFiles) = new PhoneEncryptor(key, false).Encrypt(xml, "household_needs", "1", "uuid:lost", ("p.jpg", [1, 2, 3]));
        Assert.Null((await Open(late, [])).Result); // the envelope alone waits too
        Assert.Null((await Open(late, lateFiles[2..])).Result);
        Assert.Null((await Open(lost, lostFiles[..1])).Result);
        var listed = (await List()).OrderByDescending(l => l.Files).ToList();
        Assert.Equal([[AwaitedKind.Picture, AwaitedKind.Sound], [AwaitedKind.Answers]], listed.Select(l => l.Missing));
        Assert.Equal([3, 2], listed.Select(l => l.Files));
        Assert.All(listed, l => Assert.NotEmpty(l.Phone));

        Assert.NotNull((await Open(late, lateFiles[..2])).Result);
        var left = Assert.Single(await List());
        var lead = await Lead(house, activity);
        Assert.Equal("actor.may-not-judge", (await GiveUp(who, left.Id, "The phone was lost")).Refusals[0].Slug); // whoever only collects
        Assert.Equal("quarantine.reason-missing", (await GiveUp(lead, left.Id, " ")).Refusals[0].Slug);
        Assert.True((await GiveUp(lead, left.Id, "The phone was lost")).IsDone);
        Assert.Equal("awaited.given-up-already", (await GiveUp(lead, left.Id, "Again")).Refusals[0].Slug);
        Assert.Equal(AwaitedState.GivenUp, Assert.Single(await List()).State);
        Assert.Equal(0, await house.Do(s => s.GetRequiredService<AmanaDb>().Set<Domain.Forms.AwaitedPart>().CountAsync()));
        Assert.Equal(1, await house.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().CountAsync(e => e.Kind == "AwaitedGivenUp")));

        Assert.Null((await Open(lost, lostFiles[..1])).Result); // found again after all
        Assert.Equal(AwaitedState.Waiting, Assert.Single(await List()).State);
        Assert.NotNull((await Open(lost, lostFiles[1..])).Result);
        Assert.Empty(await List());

        Task<Outcome<Nothing>> GiveUp(AccessContext by, AwaitedRecordId id, string reason) => house.Do(s => s.GetRequiredService<GiveUpAwaited>().Handle(by, activity, id, reason, default));
        async Task<IReadOnlyList<ListedAwaited>> List() => (await house.Do(s => s.GetRequiredService<AwaitedList>().Read(AccessContext.House, activity, default))).Result;
        Task<Outcome<IncomingSubmission?>> Open(string envelope, List<(string Name, byte[] Content)> files) => house.Do(s => s.GetRequiredService<OpenEncrypted>().Handle(who,
            new IncomingSubmission(activity, phone, new Sensitive<byte[]>(Encoding.UTF8.GetBytes(envelope)), [.. files.Select(f => new IncomingFile(f.Name, "x", new Sensitive<byte[]>(f.Content)))]), keepParts: true, default));
    }

    private static Task<string> Key(TestHouse house, ActivityId activity) => house.Do(async s =>
    {
        var made = await s.GetRequiredService<SubmissionKeys>().PublicKeyOf(activity, default);
        await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, default, new Happening("KeyMade", activity));
        return made;
    });

    /// <summary>Somebody of the activity's team who may judge its records.</summary>
    private static Task<AccessContext> Lead(TestHouse house, ActivityId activity) => house.Do(async s =>
    {
        var snapshot = (await s.GetRequiredService<Features.Activities.ActivityReader>().Snapshot(activity, default))!;
        var team = snapshot.Team.Select(t => new AccessContext(new Actor(ActorKind.Staff, t.Staff.Id, t.Staff.OrganisationId, t.Staff.Duties)));
        return team.First(t => RecordRules.MayDecide(snapshot, t.Actor, []).Count == 0);
    });

    private static Task<(int, int)> Kept(TestHouse house) => house.Do(async s =>
        (await s.GetRequiredService<AmanaDb>().Set<ListedEntity>().CountAsync(), await s.GetRequiredService<AmanaDb>().Set<RecordVersion>().CountAsync()));

    private static async Task<SubmissionReceipt> Send(TestHouse house, AccessContext who, ActivityId activity, Guid phone, string xml)
    {
        var outcome = await house.Do(s => s.GetRequiredService<ReceiveSubmission>().Handle(who, new IncomingSubmission(activity, phone, new Sensitive<byte[]>(Encoding.UTF8.GetBytes(xml)), []), default));
        Assert.Empty(outcome.Refusals.Select(r => r.Slug));
        return outcome.Result;
    }

    private static string Xml(Guid instance, Guid entity, string name) =>
        $"<data id=\"household_needs\" version=\"1\"><interview_date>2026-11-20</interview_date><consent>yes</consent><consent_sharing>no</consent_sharing><consent_recontact>yes</consent_recontact><respondent><respondent_name>{name}</respondent_name><sex>male</sex><age>41</age><disability>no</disability></respondent><household><district>QZ0201</district><household_size>4</household_size><shelter>rented</shelter><concerns>papers</concerns><documents>some</documents></household><meta><instanceID>uuid:{instance:D}</instanceID><entity dataset=\"people\" create=\"1\" id=\"{entity:D}\"><label>{name}</label></entity></meta></data>";

    /// <summary>The sample form, with its name saved to an entity list, in an activity that collects.</summary>
    private static async Task<(AccessContext Who, ActivityId Activity, Guid Phone)> Collecting(TestHouse house)
    {
        var csv = (await File.ReadAllTextAsync(Path.Combine(Root(), "samples", "household-needs.csv")))
            .Replace("\"constraint\",\"appearance\"", "\"constraint\",\"appearance\",\"save_to\"", StringComparison.Ordinal)
            .Replace("\"الاسم\",\"\",\"\",\"\",\"\"", "\"الاسم\",\"\",\"\",\"\",\"\",\"full_name\"", StringComparison.Ordinal)
            .Replace(",\"begin group\",\"respondent\"", ",\"select_one yes_no\",\"consent_recontact\",\"May we come back to you?\",\"Pouvons-nous revenir vers vous ?\",\"هل نستطيع العودة إليك؟\",\"\",\"\",\"\",\"\"\n,\"begin group\",\"respondent\"", StringComparison.Ordinal)
            .Replace("\n\"settings\"", "\n\"entities\"\n,\"list_name\",\"label\"\n,\"people\",\"${respondent_name}\"\n\"settings\"", StringComparison.Ordinal);
        var path = await house.Do(s => s.GetRequiredService<SeedTrial>().Handle(Encoding.UTF8.GetBytes(csv), "household-needs", default));
        return await house.Do(async s =>
        {
            var activity = await s.GetRequiredService<AmanaDb>().Set<Activity>().Select(a => a.Id).SingleAsync();
            var phone = (await s.GetRequiredService<PhoneByToken>().Read(path!.Split("/key/")[1].Split('/')[0], activity, default))!.Value;
            return (phone.Who, activity, phone.Phone.Id.Value);
        });
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Amana.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
