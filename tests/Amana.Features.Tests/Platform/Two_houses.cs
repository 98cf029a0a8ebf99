using System.Net;
using System.Text;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Platform.Witnesses;
using Amana.Features.Tests.Rights;
using Amana.Testing;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Amana.Features.Tests.Platform;

public sealed class Two_houses_that_witness_one_another
{
    [Theory, OnEveryStore]
    public async Task Sign_what_only_grew(StoreKind store)
    {
        await using var witness = await TestHouse.Open(store);
        await using var house = await Open(store, witness);
        await Know(house, witness);
        for (var round = 1; round <= 3; round++)
        {
            await Entries(house, 7);
            await Sign(house);
            Assert.Equal(1, await Ask(house));
        }

        var (text, known) = await house.Do(async s => (await s.GetRequiredService<AmanaDb>().Set<LedgerCheckpoint>().OrderByDescending(c => c.Size).Select(c => c.Text).FirstAsync(),
            await s.GetRequiredService<AmanaDb>().Set<LedgerWitness>().SingleAsync()));
        Assert.True(SignedCheckpoint.TryParse(text, out var signed, out _));
        Assert.True(Cosignature.IsOn(signed.Note, Key(witness), out var at));
        Assert.Equal(house.Clock.GetUtcNow().ToUnixTimeSeconds(), at.ToUnixTimeSeconds());
        Assert.Equal((signed.Checkpoint.Size, null), (known.Size, known.Problem));
        Assert.True((await house.Do(s => s.GetRequiredService<LedgerAudit>().Verify(null, CancellationToken.None))).Holds);
        Assert.Contains(nameof(CosignCheckpoint)[..6], string.Join(' ', await Kinds(witness)), StringComparison.Ordinal);
    }

    [Theory, OnEveryStore]
    public async Task Do_not_wake_each_other_for_ever(StoreKind store)
    {
        await using var witness = await TestHouse.Open(store);
        await using var house = await Open(store, witness);
        await Know(house, witness);
        await Entries(house, 3);
        await Sign(house);
        Assert.Equal(1, await Ask(house));
        await Sign(house); // the entry about the witness's signature
        Assert.Equal(0, await Ask(house));
    }

    [Theory, OnEveryStore]
    public async Task Find_out_a_second_history_and_never_sign_it(StoreKind store)
    {
        await using var witness = await TestHouse.Open(store);
        await using var house = await Open(store, witness);
        await Know(house, witness);
        await Entries(house, 5);
        await Sign(house);
        await Ask(house);
        var origin = house.Services.GetRequiredService<Keyring>();
        var size = await house.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerWitness>().Select(w => w.Size).SingleAsync());
        var forged = new Checkpoint(origin.LedgerOrigin, size, TreeHash.OfLeaf("another history"u8)).SignedBy(origin.LedgerSigner);
        Assert.Equal(409, (await Bring(witness, new WitnessRequest(size, [], forged))).Status);
        Assert.NotNull(await witness.Do(s => s.GetRequiredService<AmanaDb>().Set<WatchedLedger>().Select(w => w.ContradictedAt).SingleAsync()));
        Assert.Contains("CheckpointContradicted", await Kinds(witness));
        var longer = new Checkpoint(origin.LedgerOrigin, size + 4, TreeHash.OfLeaf("another history"u8)).SignedBy(origin.LedgerSigner);
        Assert.Equal(422, (await Bring(witness, new WitnessRequest(size, [], longer))).Status);
    }

    [Theory, OnEveryStore]
    public async Task Leave_no_trace_of_strangers(StoreKind store)
    {
        await using var witness = await TestHouse.Open(store);
        await using var house = await Open(store, witness);
        var before = (await Kinds(witness)).Count;
        var keys = house.Services.GetRequiredService<Keyring>();
        var checkpoint = new Checkpoint(keys.LedgerOrigin, 3, TreeHash.OfLeaf([1])).SignedBy(keys.LedgerSigner);
        Assert.Equal(404, (await Bring(witness, new WitnessRequest(0, [], checkpoint))).Status);
        await witness.Do(s => s.GetRequiredService<WatchLedger>().Handle(AccessContext.House, "The river house", keys.LedgerSigner.Verifier.ToString(), CancellationToken.None));
        using var other = NoteSigner.FromSeed(keys.LedgerOrigin, new byte[32]);
        Assert.Equal(403, (await Bring(witness, new WitnessRequest(0, [], new Checkpoint(keys.LedgerOrigin, 3, TreeHash.OfLeaf([1])).SignedBy(other)))).Status);
        foreach (var text in new[] { "", "old 1", "old -1\n\n" + checkpoint, "old 0\nnot base64\n\n" + checkpoint, new string('x', 20000), "old 0\n\n" })
            Assert.Equal(400, (await witness.Do(s => s.GetRequiredService<CosignCheckpoint>().Handle(text, CancellationToken.None))).Status);
        Assert.Equal(400, (await Bring(witness, new WitnessRequest(9, [], checkpoint))).Status);
        Assert.Equal(before + 1, (await Kinds(witness)).Count); // that it is watched, and nothing else
    }

    [Theory, OnEveryStore]
    public async Task Are_named_by_who_keeps_the_house_alone(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var lead = await house.Do(s => s.GetRequiredService<AddWitness>().Handle(Interviewed.AsLead, "X", "https://witness.example", Key(house), CancellationToken.None));
        Assert.Equal("actor.may-not-set-up", Assert.Single(lead.Refusals).Slug);
        var wrong = await house.Do(s => s.GetRequiredService<AddWitness>().Handle(Interviewed.AsFocalPoint, " ", "file:///etc/passwd", "no key", CancellationToken.None));
        Assert.Equal(["Address", "Key", "Name"], wrong.Refusals.Select(r => r.Field).Order());
        var own = await house.Do(s => s.GetRequiredService<WatchLedger>().Handle(Interviewed.AsFocalPoint, "Us", house.Services.GetRequiredService<Keyring>().LedgerSigner.Verifier.ToString(), CancellationToken.None));
        Assert.Equal("witness.ledger-key", Assert.Single(own.Refusals).Slug);
    }

    private static string Key(TestHouse house) => house.Services.GetRequiredService<Keyring>().WitnessKey;

    private static Task<TestHouse> Open(StoreKind store, TestHouse witness) =>
        TestHouse.Open(store, s => s.Replace(ServiceDescriptor.Singleton(new OutsideDoor([], new Line(witness)))));

    private static async Task Know(TestHouse house, TestHouse witness)
    {
        Assert.True((await house.Do(s => s.GetRequiredService<AddWitness>().Handle(AccessContext.House, "The hill house", "https://witness.example", Key(witness), CancellationToken.None))).IsDone);
        var key = house.Services.GetRequiredService<Keyring>().LedgerSigner.Verifier.ToString();
        Assert.True((await witness.Do(s => s.GetRequiredService<WatchLedger>().Handle(AccessContext.House, "The river house", key, CancellationToken.None))).IsDone);
    }

    private static Task Entries(TestHouse house, int count) => house.Do(async s =>
    {
        for (var n = 0; n < count; n++)
            await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("Happened").With("n", n));
    });

    private static Task Sign(TestHouse house) => house.Do(s => s.GetRequiredService<LedgerSequencer>().Integrate(sign: true, CancellationToken.None));

    private static Task<int> Ask(TestHouse house) => house.Do(s => s.GetRequiredService<AskWitnesses>().Handle(CancellationToken.None));

    private static Task<WitnessAnswer> Bring(TestHouse witness, WitnessRequest request) => witness.Do(s => s.GetRequiredService<CosignCheckpoint>().Handle(request.ToString(), CancellationToken.None));

    private static Task<List<string>> Kinds(TestHouse house) => house.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().Select(e => e.Kind).ToListAsync());

    /// <summary>The line between the two houses.</summary>
    private sealed class Line(TestHouse witness) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("https://witness.example/witness/add-checkpoint", request.RequestUri!.ToString());
            var text = await request.Content!.ReadAsStringAsync(cancellationToken);
            var answer = await witness.Do(s => s.GetRequiredService<CosignCheckpoint>().Handle(text, cancellationToken));
            return new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new StringContent(answer.Text, Encoding.UTF8) };
        }
    }
}

public sealed class An_address_outside
{
    [Theory]
    [InlineData("127.0.0.1"), InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1")]
    [InlineData("0.0.0.0"), InlineData("224.0.0.1"), InlineData("255.255.255.255"), InlineData("192.0.2.1"), InlineData("198.18.0.1"), InlineData("::1"), InlineData("::"), InlineData("fe80::1")]
    [InlineData("fd00::1"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("64:ff9b::7f00:1"), InlineData("2002:7f00:1::"), InlineData("2001:db8::1"), InlineData("ff02::1")]
    public void That_leads_inside_is_not_asked(string address) => Assert.False(OutsideDoor.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("9.9.9.9"), InlineData("172.32.0.1"), InlineData("100.128.0.1"), InlineData("2620:fe::fe"), InlineData("2a00:1450::1")]
    public void That_leads_outside_may_be(string address) => Assert.True(OutsideDoor.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://witness.example"), InlineData("https://user:pass@witness.example"), InlineData("ftp://witness.example"), InlineData("file:///etc/passwd"), InlineData("https://witness.example/?x=1"), InlineData("")]
    public async Task Of_another_kind_is_not_asked(string address)
    {
        using var door = new OutsideDoor([], new Nobody());
        Assert.Equal(0, (await door.Post(address, "x", "y", CancellationToken.None)).Status);
    }

    [Fact]
    public async Task By_a_name_that_leads_to_this_machine_is_not_connected_unless_it_was_allowed()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using (var shut = new OutsideDoor())
            foreach (var host in new[] { "localhost", "127.0.0.1" })
                Assert.Equal(0, (await shut.Post($"https://{host}:{port}", "x", "y", CancellationToken.None)).Status);
        Assert.False(listener.Pending());
        using var open = new OutsideDoor(["127.0.0.1"]);
        var asking = open.Post($"http://127.0.0.1:{port}", "x", "y", CancellationToken.None);
        using (var came = await listener.AcceptTcpClientAsync())
            await came.GetStream().WriteAsync("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        Assert.Equal(302, (await asking).Status); // and it is not followed
    }

    private sealed class Nobody : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new InvalidOperationException("Asked " + request.RequestUri);
    }
}
