using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Witnesses;

/// <summary>Names another house as a witness of our ledger: from then on it gets each checkpoint. For administrators and data protection focal points.</summary>
public sealed class AddWitness(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Who names it.</param>
    /// <param name="name">Which house it is.</param>
    /// <param name="address">Its address, https.</param>
    /// <param name="key">Its witness key, as its own page of witnesses shows it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<Guid>> Handle(AccessContext who, string name, string address, string key, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        var errors = new FieldErrors().Text("Name", name, 200);
        errors.Must(OutsideDoor.Address(address) is not null, "Address", "witness.address", Principle.DataProtection).Must(Cosignature.IsKey(key.Trim()), "Key", "witness.key", Principle.DataProtection);
        if (errors.Any)
            return errors.All;
        var uri = OutsideDoor.Address(address)!;
        if (await db.Set<LedgerWitness>().AsNoTracking().Where(w => w.Address == uri.ToString()).Select(w => (Guid?)w.Id).FirstOrDefaultAsync(cancellationToken) is { } known)
            return known; // sent twice
        var witness = new LedgerWitness(Ids.NewGuid(clock), name.Trim(), uri, key.Trim());
        db.Add(witness);
        await ledger.Commit(who, cancellationToken, new Happening("WitnessNamed", null, witness.Id));
        return witness.Id;
    }
}

/// <summary>Takes on being a witness of another house's ledger. For administrators and data protection focal points.</summary>
public sealed class WatchLedger(AmanaDb db, LedgerBook ledger, Keyring keyring, TimeProvider clock)
{
    /// <param name="who">Who takes it on.</param>
    /// <param name="name">Which house it is.</param>
    /// <param name="key">Its ledger's key, as its checkpoint page shows it, learnt by another way than this network.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<Nothing>> Handle(AccessContext who, string name, string key, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        var errors = new FieldErrors().Text("Name", name, 200);
        errors.Must(NoteVerifier.TryParse(key.Trim(), out var verifier, out _) && verifier.Name != keyring.LedgerOrigin, "Key", "witness.ledger-key", Principle.DataProtection);
        if (errors.Any)
            return errors.All;
        if (await db.Set<WatchedLedger>().AnyAsync(w => w.Origin == verifier!.Name, cancellationToken))
            return Nothing.Here; // sent twice; another key under the same name is not taken
        db.Add(new WatchedLedger(verifier!.Name, name.Trim(), verifier.ToString(), clock.Now()));
        await ledger.Commit(who, cancellationToken, new Happening("LedgerWatched").With("origin", verifier.Name));
        return Nothing.Here;
    }
}

/// <summary>Who witnesses our ledger, and whose ledger we witness.</summary>
/// <param name="OwnKey">Our key as a witness, to be handed to other houses.</param>
/// <param name="LedgerKey">Our ledger's key, to be handed to those who shall watch it.</param>
public sealed record ShownWitnesses(IReadOnlyList<LedgerWitness> Witnesses, IReadOnlyList<WatchedLedger> Watched, string OwnKey, string LedgerKey);

/// <summary>The witnesses, for those who read the ledger.</summary>
public sealed class WitnessList(AmanaDb db, Keyring keyring)
{
    public async Task<Outcome<ShownWitnesses>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        if (!LedgerReaders.May(who))
            return LedgerReaders.DutyMissing;
        return new ShownWitnesses(await db.Set<LedgerWitness>().AsNoTracking().OrderBy(w => w.Name).ToListAsync(cancellationToken),
            await db.Set<WatchedLedger>().AsNoTracking().OrderBy(w => w.Name).ToListAsync(cancellationToken), keyring.WitnessKey, keyring.LedgerSigner.Verifier.ToString());
    }
}
