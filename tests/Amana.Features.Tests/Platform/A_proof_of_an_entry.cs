using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Rights;
using Amana.Features.Tests.Rights;
using Amana.Testing;
using Amana.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

public sealed class A_proof_of_an_entry
{
    [Theory, OnEveryStore]
    public async Task Holds_with_the_public_key_alone_and_with_no_byte_changed(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await Entries(house, 30);
        var key = NoteVerifier.Parse(house.Services.GetRequiredService<Keyring>().LedgerSigner.Verifier.ToString());
        for (var position = 0; position < 30; position += 7)
        {
            var json = (await Take(house, position.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToJson();
            Assert.True(ProofFile.TryParse(json, out var proof, out _));
            Assert.True(proof.Holds([key], out _, key.Name));
            Assert.Equal(position, proof.Index);
            var altered = new ProofFile([.. proof.Entry[..^1], (byte)(proof.Entry[^1] ^ 1)], proof.Index, proof.Path, proof.Checkpoint);
            Assert.False(altered.Holds([key], out _, key.Name));
            Assert.False(new ProofFile(proof.Entry, proof.Index + 1, proof.Path, proof.Checkpoint).Holds([key], out _));
        }
    }

    [Theory, OnEveryStore]
    public async Task Is_taken_from_the_store_where_the_witness_folder_was_emptied(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await Entries(house, 9);
        await Take(house, "3");
        Directory.Delete(house.Store.WitnessDirectory, recursive: true);
        var key = house.Services.GetRequiredService<Keyring>().LedgerSigner.Verifier;
        Assert.True((await Take(house, "3")).Holds([key], out _));
    }

    [Theory, OnEveryStore]
    public async Task Is_refused_without_a_duty_and_for_what_is_not_there(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await Entries(house, 2);
        var none = await house.Do(s => s.GetRequiredService<ProveEntry>().Handle(Interviewed.AsLead, "0", CancellationToken.None));
        Assert.Equal("ledger.duty-missing", Assert.Single(none.Refusals).Slug);
        foreach (var which in new[] { "77", Guid.Empty.ToString(), "-1", "x' or 1=1" })
        {
            var absent = await house.Do(s => s.GetRequiredService<ProveEntry>().Handle(AccessContext.House, which, CancellationToken.None));
            Assert.Equal("ledger.entry-not-found", Assert.Single(absent.Refusals).Slug);
        }
    }

    [Theory, OnEveryStore]
    public async Task Shows_that_a_later_ledger_only_added(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await Entries(house, 11);
        var earlier = await Sign(house);
        await Entries(house, 20);
        var later = await Sign(house);
        var path = await house.Do(s => s.GetRequiredService<LedgerProofReader>().Consistency(earlier.Size, later, CancellationToken.None));
        Assert.True(Proof.IsConsistent(earlier.Size, earlier.Root, later.Size, later.Root, path));
        Assert.False(Proof.IsConsistent(earlier.Size, later.Root, later.Size, later.Root, path));
    }

    [Theory, OnEveryStore]
    public async Task Of_a_withdrawal_goes_to_whoever_holds_the_receipt_and_to_nobody_else(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(1);
        var (person, _) = await house.Interview(activity, "AM-2222-3333-4444", ConsentAsk.Sharing);
        await house.Interview(activity, "AM-5555-6666-7777");
        var withdrawn = await house.Do(s => s.GetRequiredService<WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, "AM-2222-3333-4444", [ConsentAsk.Sharing], CancellationToken.None));
        Assert.True(withdrawn.IsDone);
        var mine = Assert.Single(await house.Do(s => s.GetRequiredService<ReceiptProofs>().Read(AccessContext.PersonWithReceipt, "AM-2222-3333-4444", CancellationToken.None)));
        Assert.Equal(nameof(ConsentWithdrawn), mine.Kind);
        var proof = (await TakeBy(house, "AM-2222-3333-4444", mine.Id)).Result;
        Assert.True(proof.Holds([house.Services.GetRequiredService<Keyring>().LedgerSigner.Verifier], out _));
        Assert.Contains(person.Value.ToString(), System.Text.Encoding.UTF8.GetString(proof.Entry), StringComparison.Ordinal);
        foreach (var (code, entry) in new[] { ("AM-5555-6666-7777", mine.Id), ("AM-9999-9999-9999", mine.Id), ("AM-2222-3333-4444", Guid.Empty) })
            Assert.Equal("receipt.not-found", Assert.Single((await TakeBy(house, code, entry)).Refusals).Slug);
    }

    private static Task<Domain.Shared.Outcome<ProofFile>> TakeBy(TestHouse house, string code, Guid entry) =>
        house.Do(s => s.GetRequiredService<TakeReceiptProof>().Handle(AccessContext.PersonWithReceipt, code, entry, CancellationToken.None));

    private static async Task<ProofFile> Take(TestHouse house, string which) => (await house.Do(s => s.GetRequiredService<ProveEntry>().Handle(AccessContext.House, which, CancellationToken.None))).Result;

    private static async Task<Checkpoint> Sign(TestHouse house)
    {
        var shown = await house.Do(s => s.GetRequiredService<SignCheckpoint>().Handle(AccessContext.House, CancellationToken.None));
        Assert.True(SignedCheckpoint.TryParse(shown.Result.Checkpoint.Text, out var signed, out _));
        return signed.Checkpoint;
    }

    private static Task Entries(TestHouse house, int count) => house.Do(async services =>
    {
        for (var n = 0; n < count; n++)
        {
            house.Clock.Move(TimeSpan.FromMilliseconds(1));
            await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("Happened").With("n", n));
        }

        await services.GetRequiredService<LedgerSequencer>().Integrate(sign: false, CancellationToken.None);
    });
}
