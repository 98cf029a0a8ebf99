using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amana.Domain.Accounts;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Activities;
using Amana.Features.Demo;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Amana.Features.Rights;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli.Tests;

public sealed class An_erasure_by_command
{
    [Fact]
    public async Task Where_there_is_no_house_is_refused_and_makes_none()
    {
        using var folder = new Folder();
        foreach (var what in new[] { "plan", "run" })
        {
            var answer = await Program.Amana("erase", what, "--data", folder["none"]);
            Assert.Equal(1, answer.Code);
            Assert.Contains("There is no store", answer.Error);
        }

        Assert.False(Directory.Exists(folder["none"]));
        Assert.Equal(2, (await Program.Amana("erase", "everything")).Code);
    }

    /// <summary>Somebody is interviewed and takes all back with the code on the slip; the commands erase them, and the certificate is proved to somebody who has nothing but the public key.</summary>
    [Fact]
    public async Task Is_foretold_done_certified_and_its_certificate_verifies_without_the_house()
    {
        await using var store = await EmptyStore.Make(StoreKind.Sqlite);
        await Program.Amana(["migrate", .. store.Options]);
        await store.Do(s => s.GetRequiredService<SeedDemo>().Handle(static (_, _) => { }, CancellationToken.None));
        var before = await Foretold(store);
        await store.Do(InterviewAndWithdraw);
        Assert.Equal(before + 1, await Foretold(store));
        Assert.Equal(before + 1, await Foretold(store)); // saying it does nothing
        var run = await Program.Amana(["erase", "run", .. store.Options]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains($"Erased: {before + 1} people", run.Output);
        Assert.Equal(0, await Foretold(store));
        await Certified(store);
    }

    private static async Task Certified(EmptyStore store)
    {
        var certificate = await store.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().Where(e => e.Kind == "DataDisposed").OrderByDescending(e => e.Id).Select(e => e.Id).FirstAsync());
        using var elsewhere = new Folder();
        Assert.Equal(0, (await Program.Amana(["ledger", "prove", certificate.ToString(), "-o", elsewhere["certificate.json"], .. store.Options])).Code);
        var key = (await Program.Amana(["ledger", "checkpoint", .. store.Options])).Error.Trim()["Key: ".Length..];
        var holds = await Program.Amana("ledger", "verify", "--proof", elsewhere["certificate.json"], "--key", key);
        Assert.Equal((0, ""), (holds.Code, holds.Error));
        Assert.Contains("DataDisposed", holds.Output);
        var proof = JsonNode.Parse(await File.ReadAllTextAsync(elsewhere["certificate.json"]))!;
        var entry = Encoding.UTF8.GetString(Convert.FromBase64String((string)proof["entry"]!));
        Assert.Contains("\"x-people\"", entry); // counts, and nobody's id
        proof["entry"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(entry.Replace("DataDisposed", "DataDisposer", StringComparison.Ordinal)));
        var other = await Program.Amana("ledger", "verify", "--proof", elsewhere.Write("other.json", proof.ToJsonString()), "--key", key);
        Assert.Equal(1, other.Code);
        Assert.Contains("does not hold", other.Error);
    }

    private static async Task<int> Foretold(EmptyStore store)
    {
        var plan = await Program.Amana(["erase", "plan", "--json", .. store.Options]);
        Assert.Equal((0, ""), (plan.Code, plan.Error));
        return JsonDocument.Parse(plan.Output).RootElement.GetProperty("withdrawn").GetInt32();
    }

    private static async Task<bool> InterviewAndWithdraw(IServiceProvider services)
    {
        var none = CancellationToken.None;
        var holder = (await services.GetRequiredService<HouseReader>().ActingAs("interviewer1@demo.example", none))!.Actor;
        var activity = (await services.GetRequiredService<ActivityReader>().Find(1, none))!.Value;
        var phone = await services.GetRequiredService<AmanaDb>().Set<AppUser>().Where(u => u.ActivityId == activity).Select(u => u.Id).FirstAsync();
        var xml = MadeUp.Submission("border_monitoring", "1", Guid.NewGuid(),
        [
            ("interview_date", "2026-11-20"), ("notice_language", "ar"), ("consent", "yes"), ("consent_given_by", "self"), ("consent_means", "signature"), ("consent_sharing", "yes"), ("consent_referral", "no"),
            ("person/full_name", "Huda Madeup"), ("person/sex", "female"), ("person/age", "34"), ("person/status", "refugee"),
            .. new[] { "seeing", "hearing", "walking", "remembering", "selfcare", "communicating" }.Select(d => ("wgss/" + d, "none")),
            ("crossing/crossing_place", "QZ0101"), ("crossing/outcome", "crossed"), ("crossing/urgent_help", "no"),
        ]);
        var who = new AccessContext(new Actor(ActorKind.Phone, holder.StaffId, holder.OrganisationId, []));
        var receipt = await services.GetRequiredService<ReceiveSubmission>().Handle(who, new IncomingSubmission(activity, phone.Value, new Sensitive<byte[]>(Encoding.UTF8.GetBytes(xml)), []), none);
        Assert.True(receipt.IsDone);
        var withdrawn = await services.GetRequiredService<WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, receipt.Result.ReceiptCode!, [ConsentAsk.Participation], none);
        Assert.True(withdrawn.IsDone);
        return true;
    }
}
