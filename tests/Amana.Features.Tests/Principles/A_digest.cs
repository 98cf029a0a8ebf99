using System.Net;
using System.Net.Sockets;
using System.Text;
using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Principles;
using Amana.Features.Tests.Sharing;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Principles;

public sealed class A_digest
{
    private static readonly MadeUp[] People = [.. Enumerable.Repeat(new MadeUp("f", 30, "tent"), 3)];

    [Theory, OnEveryStore]
    public async Task Is_off_without_a_mail_server(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, People, Texts);
        Assert.Equal(0, await house.Do((SendDigest d) => d.Handle(CancellationToken.None)));
        await house.House.Do(async s => Assert.False(await s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().AnyAsync(e => e.Kind == "DigestSent")));
    }

    [Theory, OnEveryStore]
    public async Task Tells_numbers_rules_and_links_once_a_day_and_nothing_of_people_places_or_titles(StoreKind store)
    {
        using var post = new FakePost();
        await using var house = await ASharingHouse.Open(store, People, s => { Texts(s); s.AddSingleton(new MailServer("127.0.0.1", post.Port, "amana@example.org", "https://amana.example", Encrypted: false)); });
        await house.House.Do(async s =>
        {
            var owner = await s.GetRequiredService<AmanaDb>().Set<StaffMember>().FirstAsync();
            var asked = await s.GetRequiredService<AskToMend>().Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, "PC-3", owner.Id, DateOnly.FromDateTime(house.House.Clock.GetUtcNow().UtcDateTime).AddDays(9), CancellationToken.None);
            Assert.True(asked.IsDone, string.Join(' ', asked.Refusals.Select(r => r.Slug)));
        });
        var busy = new AccessContext(new Actor(ActorKind.Staff, new StaffId(Guid.NewGuid()), null, []));
        await house.House.Do(async s =>
        {
            var add = new AddStaff(new StaffId(Guid.NewGuid()), ASharingHouse.Us, "Made-up focal point", "focal@example.org", [Duty.DataProtectionFocalPoint]);
            s.GetRequiredService<AmanaDb>().Add(StaffMember.Join(Records.Collecting.Allowed(AccountRules.Join(add, false))));
            await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("MadeUp"));
        });
        for (var n = 0; n < Amana.Features.Incidents.LedgerAlarms.RefusedInADay; n++)
            await house.House.Do(s => s.GetRequiredService<LedgerBook>().Commit(busy, CancellationToken.None, new Happening("OpenRefused", ASharingHouse.Activity, Guid.NewGuid())));
        var sent = await house.Do((SendDigest d) => d.Handle(CancellationToken.None));
        Assert.True(sent > 0);
        Assert.Equal(0, await house.Do((SendDigest d) => d.Handle(CancellationToken.None)));
        Assert.Equal(sent, post.Mails.Count);
        Assert.Contains(post.Mails, m => m.Contains("PC-3", StringComparison.Ordinal) && m.Contains("https://amana.example/activities/1/rules", StringComparison.Ordinal));
        var alarmed = Assert.Single(post.Mails, m => m.Contains("https://amana.example/ledger/alarms", StringComparison.Ordinal)); // the focal point's alone
        Assert.Contains("To: focal@example.org", alarmed, StringComparison.OrdinalIgnoreCase);
        Assert.All(post.Mails, m =>
        {
            foreach (var word in new[] { "Shelter in the river camps", "River district", "Made-up person", "XX0101" })
                Assert.DoesNotContain(word, m, StringComparison.OrdinalIgnoreCase);
        });
        house.House.Clock.Move(TimeSpan.FromDays(1));
        Assert.True(await house.Do((SendDigest d) => d.Handle(CancellationToken.None)) > 0);
    }

    private static void Texts(IServiceCollection services) => services.AddSingleton(Amana.Features.Texts.Texts.Load(typeof(Amana.Features.Texts.Texts).Assembly));

    /// <summary>Takes mail on this machine as RFC 5321 has it, and keeps it.</summary>
    private sealed class FakePost : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<string> _mails = [];

        public FakePost()
        {
            _listener.Start();
            _ = Task.Run(Listen);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public IReadOnlyList<string> Mails
        {
            get
            {
                lock (_mails)
                    return [.. _mails];
            }
        }

        public void Dispose() => _listener.Dispose();

        private async Task Listen()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await Talk(client.GetStream());
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
                // the post has closed
            }
        }

        private async Task Talk(NetworkStream stream)
        {
            using var reader = new StreamReader(stream, Encoding.ASCII);
            await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 made up");
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    await writer.WriteLineAsync("354 go on");
                    var mail = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } words && words != ".")
                        mail.AppendLine(words);
                    // Soft line ends of quoted-printable are taken out, so that words are whole.
                    lock (_mails)
                        _mails.Add(mail.ToString().Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal));
                }

                if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
                {
                    await writer.WriteLineAsync("221 bye");
                    return;
                }

                await writer.WriteLineAsync("250 ok");
            }
        }
    }
}

public sealed class How_rules_stood
{
    [Theory, OnEveryStore]
    public async Task Is_noted_once_for_each_change_by_the_house(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, [new MadeUp("f", 30, "tent")]);
        Assert.Equal(Catalogue.Rules.Count, await Note(house));
        Assert.Equal(0, await Note(house));
        house.House.Clock.Move(TimeSpan.FromDays(61));
        Assert.True(await Note(house) > 0);
        var history = await house.Do((RuleHistoryOfActivity h) => h.Read(ASharingHouse.Activity, "DNH-2", CancellationToken.None));
        Assert.Equal([RuleState.NotMet, RuleState.Met], history.Standings.Select(s => s.State));
        Assert.Equal(["gap.risk-review-lapsed"], history.Standings[0].Gaps);
        var answer = Catalogue.Find("DNH-2")!.Evaluate((await house.Do((Amana.Features.Activities.ActivityReader r) => r.Snapshot(ASharingHouse.Activity, CancellationToken.None)))!);
        Assert.Equal(history.Standings[0].Since, history.Since(answer));
        await house.House.Do(async s => Assert.True(await s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().CountAsync(e => e.Kind == "RulesChanged") == 2));
    }

    [Theory, OnEveryStore]
    public async Task Shows_who_was_asked_to_mend_what_is_missing_and_nobody_is_asked_for_what_is_met(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, [new MadeUp("f", 30, "tent")]);
        var today = DateOnly.FromDateTime(house.House.Clock.GetUtcNow().UtcDateTime);
        Task<Outcome<Nothing>> Ask(string rule, DateOnly by) => house.Do((AskToMend a) => a.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, rule, ASharingHouse.TheApprover.Actor.StaffId!.Value, by, CancellationToken.None));
        Assert.Equal("mend.nothing-missing", Assert.Single((await Ask("DNH-2", today.AddDays(3))).Refusals).Slug);
        Assert.Equal("mend.due-in-past", Assert.Single((await Ask("PC-3", today.AddDays(-1))).Refusals).Slug);
        Assert.True((await Ask("PC-3", today.AddDays(3))).IsDone);
        Assert.True((await Ask("PC-3", today.AddDays(5))).IsDone);
        var asked = Assert.Single((await house.Do((RuleHistoryOfActivity h) => h.Read(ASharingHouse.Activity, null, CancellationToken.None))).Requests);
        Assert.Equal((ASharingHouse.TheApprover.Actor.StaffId, today.AddDays(5)), (asked.OwnerId, asked.DueOn));
        Assert.Contains(await house.Do((Amana.Features.Activities.NeedsMe n) => n.Read(ASharingHouse.TheApprover, CancellationToken.None)), a => a.Findings.Any(f => f.Rule.Id == "PC-3"));
    }

    private static Task<int> Note(ASharingHouse house) => house.Do((NoteRuleChanges n) => n.Handle(CancellationToken.None));
}
