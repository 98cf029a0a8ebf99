using System.Text;
using Amana.Domain.Accounts;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Demo;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Records;

/// <summary>A house with one activity that collects, and its phone.</summary>
internal sealed class Collecting : IAsyncDisposable
{
    private const string Form = """"
        "survey",,,,
        ,"type","name","label","required"
        ,"select_one yes_no","consent","Do you agree?","yes"
        ,"select_one yes_no","consent_sharing","May we share?",""
        ,"select_one yes_no","consent_photo","May we take a picture?",""
        ,"text","receipt_code","Number of the slip",""
        ,"text","full_name","Name",""
        ,"select_one sex","sex","Sex",""
        ,"integer","age","Age",""
        ,"select_one yes_no","disability","Disability",""
        ,"text","story","What happened?",""
        ,"image","picture","Picture",""
        "choices",,,,
        ,"list_name","name","label",
        ,"yes_no","yes","Yes",
        ,"yes_no","no","No",
        ,"sex","female","Woman or girl",
        ,"sex","male","Man or boy",
        "settings",,,,
        ,"form_title","form_id","version",
        ,"Small","small","1",
        """";

    private Collecting(TestHouse house) => House = house;

    public TestHouse House { get; }
    public ActivityId Activity { get; private set; }
    public AppUserId Phone { get; private set; }
    public AccessContext Who { get; private set; } = AccessContext.House;

    public static async Task<Collecting> Begin(StoreKind store, Action<IServiceCollection>? also = null, string form = Form)
    {
        var c = new Collecting(await TestHouse.Open(store, also));
        await c.House.Do(async services =>
        {
            Assert.NotNull(await services.GetRequiredService<SeedTrial>().Handle(Encoding.UTF8.GetBytes(form), "small", default));
            var phone = await services.GetRequiredService<AmanaDb>().Set<AppUser>().SingleAsync();
            var holder = await services.GetRequiredService<AmanaDb>().Set<StaffMember>().SingleAsync(s => s.Id == phone.HeldBy);
            (c.Activity, c.Phone, c.Who) = (phone.ActivityId, phone.Id, new AccessContext(new Actor(ActorKind.Phone, holder.Id, holder.OrganisationId, [])));
        });
        return c;
    }

    public Task<AccessContext> As(string key) => House.Do(async services =>
    {
        var member = await services.GetRequiredService<AmanaDb>().Set<StaffMember>().SingleAsync(s => s.Email == key + "@demo.example");
        return new AccessContext(new Actor(ActorKind.Staff, member.Id, member.OrganisationId, member.Duties));
    });

    /// <summary>A submission as a phone writes it.</summary>
    public static string Xml(int person, string consent = "yes", string slip = "", string story = "Nothing more", string picture = "", string form = "small", string version = "1") =>
        $"<data id=\"{form}\" version=\"{version}\"><consent>{consent}</consent><consent_sharing>no</consent_sharing><consent_photo>yes</consent_photo><receipt_code>{slip}</receipt_code><full_name>Person {person}</full_name>" +
        $"<sex>female</sex><age>{20 + (person % 50)}</age><disability>no</disability><story>{story}</story><picture>{picture}</picture><meta><instanceID>uuid:{Instance(person)}</instanceID></meta></data>";

    /// <summary>Sends by the door that everybody uses.</summary>
    public Task<Outcome<SubmissionReceipt>> Send(string xml, params string[] files) =>
        House.Do(s => s.GetRequiredService<ReceiveSubmission>().Handle(Who, Incoming(xml, files), default));

    /// <summary>Sends by the way that takes each submission in by itself.</summary>
    public Task<Outcome<SubmissionReceipt>> SendAlone(string xml, params string[] files) =>
        House.Do(s => s.GetRequiredService<IntakeAlone>().Take(Who, Incoming(xml, files), default));

    /// <summary>Whether the way together has an answer of its own.</summary>
    public Task<bool> IsTakenTogether(string xml) => House.Do(async s => await s.GetRequiredService<IntakeTogether>().Take(Who, Incoming(xml, []), default) is not null);

    public Task<T> Ask<T>(Func<AmanaDb, Task<T>> ask) => House.Do(s => ask(s.GetRequiredService<AmanaDb>()));

    /// <summary>All that the store holds of submissions, without what is random: for comparing two houses.</summary>
    public Task<string> Told() => Ask(async db =>
    {
        var told = new List<string>();
        told.AddRange((await db.Set<RecordEntry>().ToListAsync()).Select(r => $"record {r.State} {r.CheckFindings} {r.CodedBox.Length} v{r.Version}"));
        told.AddRange((await db.Set<PersonConsent>().ToListAsync()).Select(c => $"consent {c.State} {string.Join(' ', c.Yeses)} {c.Language} {c.GivenBy} {c.Means}"));
        told.AddRange((await db.Set<PersonBox>().ToListAsync()).Select(b => $"box {b.Compartment} {b.Box.Length} named {b.Name.Length > 0}"));
        told.AddRange((await db.Set<SubmissionMark>().ToListAsync()).Select(m => $"mark {m.Outcome} entry {m.EntryId is not null}"));
        told.AddRange((await db.Set<RefusalCount>().ToListAsync()).Select(c => $"refused {c.Day:O} {c.Count}"));
        told.AddRange((await db.Set<QuarantinedSubmission>().ToListAsync()).Select(q => $"held {q.State} {string.Join(' ', q.HeldBy)} {q.Box.Length}"));
        told.AddRange((await db.Set<Amana.Features.Platform.Vault.DataKey>().ToListAsync()).Select(k => $"key {k.Use}").Where(k => k is not ("key quarantine" or "key coded")));
        told.AddRange((await db.Set<LedgerEntry>().ToListAsync()).Select(e => "entry " + e.Kind).Where(e => e != "entry ActivityKeysMade"));
        return string.Join('\n', told.Order(StringComparer.Ordinal));
    });

    public static T Allowed<T>(Decision<T> decision) => decision is Decision<T>.Allowed allowed
        ? allowed.Change
        : throw new InvalidOperationException(string.Join(", ", decision.Refusals.Select(r => r.Slug)));

    public ValueTask DisposeAsync() => House.DisposeAsync();

    private static string Instance(int person) => $"00000000-0000-4000-8000-{person:D12}";

    private IncomingSubmission Incoming(string xml, string[] files) => new(Activity, Phone.Value, new Sensitive<byte[]>(Encoding.UTF8.GetBytes(xml)),
        [.. files.Select(f => new IncomingFile(f, "image/jpeg", new Sensitive<byte[]>(Encoding.UTF8.GetBytes("picture " + f))))]);
}
