using Amana.Domain.Records;
using Amana.Features.Demo;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli.Bench;

/// <summary>What stands at both ends of a trial: an activity that collects, and the proof that nothing acknowledged was lost.</summary>
internal static class Trial
{
    /// <summary>The same seed makes up the same people.</summary>
    public const int Seed = 20261122;

    /// <summary>Opens an activity for collection by the form; returns the path of its phone.</summary>
    public static async Task<string> Open(TrialStore store, TrialForm form, CancellationToken cancellationToken)
    {
        var path = "";
        await OpenedHouse.Act(store.Store, make: true, async services =>
        {
            await services.OpenHouse(cancellationToken);
            path = await services.GetRequiredService<SeedTrial>().Handle(form.Workbook(), form.Id, cancellationToken) ?? throw new RefusedException("The store of the trial is not empty.");
            return Exit.Done;
        });
        return path;
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
