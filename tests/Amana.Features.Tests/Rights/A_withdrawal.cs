using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Records;
using Amana.Features.Rights;
using Amana.Features.Tests.Platform;
using Amana.Testing;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Rights;

public sealed class A_withdrawal
{
    private const string Code = "AM-7F3K-92QX-M4TD";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEveryStore]
    public async Task Stops_all_use_at_once_and_is_erased_for_good_by_the_next_run(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(1);
        var (person, record) = await house.Interview(activity, Code);
        var (other, _) = await house.Interview(activity, "AM-0000-1111-2222");
        Assert.DoesNotContain("consent.withdrawn", await Open(house, activity, record));
        await using var before = await house.WithCopyOfTheDataAndThisKeyring();

        var withdrawn = (await Withdraw(house, Code, ConsentAsk.Participation)).Result;
        Assert.True(withdrawn is { Everything: true, Erases: true });
        Assert.Contains("consent.withdrawn", await Open(house, activity, record));
        Assert.Equal(RecordState.Withdrawn, await house.Do(s => s.GetRequiredService<AmanaDb>().Set<RecordEntry>().Where(r => r.Code == record).Select(r => r.State).SingleAsync()));

        Assert.Equal(1, (await house.Do(s => s.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, None))).Result);
        await before.Reopen();
        Assert.Null(await before.ReadName(person)); // the box, its key and today's keyring together open nothing
        Assert.Equal("AM-0000-1111-2222", await house.ReadName(other));
        Assert.Null(await Held(house, Code));
        await house.Do(async services =>
        {
            var db = services.GetRequiredService<AmanaDb>();
            var certificate = await db.Set<DisposalCertificate>().SingleAsync();
            Assert.True(certificate is { Reason: DisposalReason.Withdrawal, People: 1, Records: 1, Boxes: 1 });
            var request = await db.Set<RightsRequest>().SingleAsync();
            Assert.Equal((certificate.Id, RequestChannel.PublicPage, Guid.Empty), (request.CertificateId!.Value, request.Channel, request.PersonId.Value));
        });
        await LedgerVerifies(house);
    }

    [Theory, OnEveryStore]
    public async Task Of_an_unknown_or_erased_code_is_answered_the_same(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        await house.Interview(await house.AddActivity(1), Code);
        await Withdraw(house, Code, ConsentAsk.Participation);
        await house.Do(s => s.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, None));
        string?[] never = ["AM-ZZZZ-ZZZZ-ZZZZ", "", "?"];
        var erased = (await Withdraw(house, Code, ConsentAsk.Participation)).Refusals.Single();
        foreach (var code in never)
        {
            var unknown = (await Withdraw(house, code!, ConsentAsk.Participation)).Refusals.Single();
            Assert.Equal((erased.Slug, erased.Field, erased.Mend), (unknown.Slug, unknown.Field, unknown.Mend));
            Assert.Null(await Held(house, code!));
        }
    }

    [Theory, OnEveryStore]
    public async Task Of_a_part_leaves_the_rest_and_erases_nobody(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        await house.Interview(await house.AddActivity(1), Code, ConsentAsk.Sharing, ConsentAsk.Recontact);
        Assert.False((await Withdraw(house, Code.ToLowerInvariant(), ConsentAsk.Sharing)).Result.Everything);
        await Withdraw(house, Code, ConsentAsk.Sharing); // sent twice
        Assert.Equal(0, (await house.Do(s => s.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, None))).Result);
        var held = (await Held(house, Code))!;
        Assert.Equal([ConsentAsk.Participation, ConsentAsk.Recontact], held.Yeses);
        Assert.Equal(1, await house.Do(s => s.GetRequiredService<AmanaDb>().Set<RightsRequest>().CountAsync(r => r.DoneAt != null)));
    }

    [Theory, OnEveryStore]
    public async Task Under_another_basis_stops_use_and_waits_for_an_answer(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(1, LegalBasis.PublicInterest);
        var (_, record) = await house.Interview(activity, Code);
        var withdrawn = (await Withdraw(house, Code, ConsentAsk.Participation)).Result;
        Assert.True(withdrawn is { Everything: true, Erases: false, AnsweredBy: not null });
        Assert.Equal(0, (await house.Do(s => s.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, None))).Result);
        Assert.Contains("consent.withdrawn", await Open(house, activity, record));
        Assert.True((await Held(house, Code))!.WaitsForAnswer);
    }

    internal static Task LedgerVerifies(TestHouse house) => house.Do(async services =>
    {
        await services.GetRequiredService<LedgerSequencer>().Integrate(sign: true, None);
        var db = services.GetRequiredService<AmanaDb>();
        var entries = await db.Set<LedgerEntry>().AsNoTracking().OrderBy(e => e.Position).ToListAsync();
        var checkpoints = await db.Set<LedgerCheckpoint>().Select(c => c.Text).ToListAsync();
        var verdict = LogVerifier.Verify([.. entries.Select(e => new StoredEntry(e.Position!.Value, System.Text.Encoding.UTF8.GetBytes(e.Canonical), e.LeafHash))],
            new Evidence(checkpoints, [services.GetRequiredService<Keyring>().LedgerSigner.Verifier]));
        Assert.Equal(entries.Count, Assert.IsType<Verdict.Verified>(verdict).SignedSize);
    });

    private static Task<Domain.Shared.Outcome<Withdrawn>> Withdraw(TestHouse house, string code, params ConsentPart[] parts) =>
        house.Do(s => s.GetRequiredService<WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, code, parts, None));

    private static Task<HeldUnderCode?> Held(TestHouse house, string code) => house.Do(s => s.GetRequiredService<HeldByReceipt>().Read(AccessContext.PersonWithReceipt, code, None));

    private static async Task<List<string>> Open(TestHouse house, Domain.Shared.ActivityId activity, string record) =>
        [.. (await house.Do(s => s.GetRequiredService<OpenRecord>().Handle(Interviewed.AsLead.Citing("N1"), activity, record, None))).Refusals.Select(r => r.Slug)];
}
