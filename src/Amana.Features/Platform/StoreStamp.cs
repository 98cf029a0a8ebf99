using Amana.Domain.People;
using Amana.Domain.Records;
using Amana.Features.Accounts;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform;

/// <summary>One row that changes whenever anything changes that a rule may look at, in the same transaction. Whoever decided by what they had read before
/// sees at the moment of writing whether it still stands. It is random, not counted, so two writers never make the same one.</summary>
public sealed class StoreStamp
{
    private StoreStamp() { }

    /// <summary>The one row.</summary>
    public const int TheOne = 1;

    /// <summary>What collecting and reading themselves write, and sign-in. No rule that guards collecting looks at it; whatever is not listed here changes the stamp.</summary>
    private static readonly HashSet<Type> LeftAside =
    [
        typeof(StoreStamp), typeof(LedgerEntry), typeof(LedgerCheckpoint), typeof(LedgerFrontier), typeof(DataKey), typeof(Tombstone), typeof(KeyTarget), typeof(OpeningCount), typeof(Person), typeof(RecordEntry), typeof(PersonBox),
        typeof(Domain.Consent.PersonConsent), typeof(SubmissionMark), typeof(RefusalCount), typeof(QuarantinedSubmission), typeof(Account), typeof(StaffSession), typeof(Domain.Forms.AwaitedPart), typeof(AwaitedRecord), typeof(RecordVersion),
        typeof(RecordComment), typeof(ListedEntity), typeof(WaitingEntityChange),
        typeof(SignInRecord), typeof(OneTimeFactor), typeof(RecoveryCode), typeof(KnownDevice), typeof(Domain.Accounts.ApiToken), typeof(Domain.Accounts.OutsideIdentity), typeof(Domain.Accounts.OrganisationMapping),
        typeof(Domain.Principles.RuleStanding), typeof(Domain.Principles.MendRequest),
        typeof(Witnesses.LedgerWitness), typeof(Witnesses.WatchedLedger),
    ];

    internal static StoreStamp First { get; } = new() { Id = TheOne, Value = new Guid("a3a0a0a0-0000-4000-8000-000000000001"), Epoch = 1 };

    public int Id { get; private set; }
    public Guid Value { get; private set; }

    /// <summary>The key epoch under which all data keys of the store are wrapped. New keys are wrapped under it in the same transaction in which it is read, so that none
    /// is left behind by an erasure run, be it of another process.</summary>
    public int Epoch { get; private set; }

    /// <summary>True for what may change without a change of the stamp.</summary>
    public static bool LeavesStanding(Type entity) => LeftAside.Contains(entity);

    /// <summary>Makes a new stamp pending when something pending asks for one.</summary>
    internal static void Renew(DbContext db)
    {
        if (!db.ChangeTracker.Entries().Any(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && !LeavesStanding(e.Metadata.ClrType)))
            return;
        if (db.Set<StoreStamp>().Local.FirstOrDefault() is not { } stamp)
            db.Attach(stamp = new StoreStamp { Id = TheOne });
        stamp.Value = Guid.NewGuid();
        db.Entry(stamp).Property(s => s.Value).IsModified = true;
    }
}
