using System.Text;
using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Demo;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli.Bench;

/// <summary>What stands at both ends of a trial: an activity that collects, and the proof that nothing acknowledged was lost.</summary>
internal static class Trial
{
    /// <summary>The same seed makes up the same people.</summary>
    public const int Seed = 20261122;

    private const int Senders = 256; // so that many records share one transaction and its flush

    /// <summary>Opens activities for collection by the form; returns the path of the phone of the first.</summary>
    public static async Task<string> Open(TrialStore store, TrialForm form, CancellationToken cancellationToken, int activities = 1)
    {
        var path = "";
        await OpenedHouse.Act(store.Store, make: true, async services =>
        {
            await services.OpenHouse(cancellationToken);
            path = await services.GetRequiredService<SeedTrial>().Handle(form.Workbook(), form.Id, cancellationToken, activities) ?? throw new RefusedException("The store of the trial is not empty.");
            return Exit.Done;
        });
        return path;
    }

    /// <summary>Sends the submissions in, by the same use case as phones.</summary>
    public static async Task Fill(IServiceProvider services, TrialForm form, int count, CancellationToken cancellationToken)
    {
        var phone = await services.GetRequiredService<AmanaDb>().Set<AppUser>().AsNoTracking().SingleAsync(cancellationToken);
        var who = new AccessContext(new Actor(ActorKind.Phone, phone.HeldBy, null, []));
        var people = new MadeUp(Seed);
        string[] variants = [.. Enumerable.Range(0, 128).Select(_ => form.Submission(people))];
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(
            async () =>
            {
                for (var i = Interlocked.Increment(ref sent); i <= count; i = Interlocked.Increment(ref sent))
                {
                    var xml = variants[i % variants.Length].Replace(Guid.Empty.ToString("D"), Guid.NewGuid().ToString("D"), StringComparison.Ordinal);
                    await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
                    var taken = await scope.ServiceProvider.GetRequiredService<ReceiveSubmission>().Handle(who,
                        new IncomingSubmission(phone.ActivityId, phone.Id.Value, new Sensitive<byte[]>(Encoding.UTF8.GetBytes(xml)), []), cancellationToken);
                    if (!taken.IsDone || taken.Result.Kind != SubmissionOutcome.Accepted)
                        throw new RefusedException("A made-up submission was not accepted.");
                }
            },
            cancellationToken)));
    }

    /// <summary>Every acknowledged submission is a record with its mark and its ledger entry, none is there twice, and the ledger holds. Refused in plain words otherwise.</summary>
    public static async Task<string> Prove(TrialStore store, long acknowledged, CancellationToken cancellationToken)
    {
        var proof = "";
        await OpenedHouse.Act(store.Store, make: false, async services =>
        {
            var db = services.GetRequiredService<AmanaDb>();
            var records = await db.Set<RecordEntry>().LongCountAsync(cancellationToken);
            var marks = await db.Set<SubmissionMark>().LongCountAsync(cancellationToken);
            var entries = await db.Set<LedgerEntry>().LongCountAsync(e => e.Kind == nameof(RecordAccepted), cancellationToken);
            if (records < acknowledged || records != marks || records != entries)
                throw new RefusedException($"{acknowledged} submissions were acknowledged; {records} records, {marks} marks and {entries} ledger entries are kept.");
            await services.GetRequiredService<LedgerSequencer>().Integrate(sign: true, cancellationToken);
            var finding = await services.GetRequiredService<LedgerAudit>().Verify(null, cancellationToken);
            if (!finding.Holds)
                throw new RefusedException("The ledger does not hold: " + finding.Problem);
            proof = $"{acknowledged} acknowledged, {records} kept, a ledger of {finding.Entries} entries holds.";
            return Exit.Done;
        });
        return proof;
    }
}
