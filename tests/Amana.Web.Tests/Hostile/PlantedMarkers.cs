using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Records.Import;
using Amana.Domain.Forms;
using Amana.Domain.Participation;
using Amana.Domain.Shared;
using Amana.Features.Participation;
using Amana.Testing;
using Amana.Web.Tests.OpenRosa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Amana.Web.Tests.Hostile;

/// <summary>A thousand names, numbers and stories with a mark in each are given to the house by every way in, wrong ways included. Whoever takes the disk, the backup, the logs or the
/// traces finds none of them.</summary>
[Collection(DemoCollection.Name)]
public sealed class A_thousand_planted_marks(DemoHost host)
{
    private const string Mark = "Qvorzim";
    private int _planted;

    [Fact]
    public async Task Are_found_nowhere_outside_the_boxes()
    {
        using var heard = new Heard();
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(heard);
        using var listener = heard.Listen();
        await Submissions();
        await Import();
        await Feedback();
        await WrongWays();
        Assert.True(_planted >= 1000, $"{_planted} marks were planted.");

        await host.Do(async s =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(host.Folder, "taken")).FullName;
            await using (var export = File.Create(Path.Combine(folder, "ledger.jsonl")))
                await LedgerExport.Write(s.GetRequiredService<AmanaDb>(), s.GetRequiredService<Keyring>(), export, CancellationToken.None);
            var copy = Path.Combine(folder, "backup-" + Guid.NewGuid().ToString("N") + ".db");
            return await s.GetRequiredService<AmanaDb>().Database.ExecuteSqlAsync($"vacuum into {copy}");
        });
        Assert.Empty(HouseFiles.Where(host.Folder, content => Marked(content)));
        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), "ASPNETCORE_*"));
        Assert.DoesNotContain(heard.Lines, l => Marked(Encoding.UTF8.GetBytes(l)));
        Assert.NotEmpty(heard.Lines); // the ears were open
    }

    [Fact]
    public void Would_be_found_in_any_writing()
    {
        foreach (var hidden in new[] { Encoding.UTF8.GetBytes("x" + Mark), Encoding.Unicode.GetBytes(Mark), Encoding.UTF8.GetBytes(Mark.ToUpperInvariant()) })
            Assert.True(Marked(hidden));
        for (var before = 0; before < 3; before++)
            Assert.True(Marked(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('a', before) + Mark + "xyz")))));
        Assert.False(Marked("nothing here"u8));
    }

    private string Plant(string what) => string.Create(CultureInfo.InvariantCulture, $"{Mark}{Interlocked.Increment(ref _planted)} {what}");

    private async Task Submissions()
    {
        var phone = await host.Phone(1);
        for (var n = 0; n < 220; n++)
        {
            var xml = OpenRosa.Submissions.Border(Guid.NewGuid(), Plant("name")).Replace("<phone/>", $"<phone>{Plant("phone")}</phone>", StringComparison.Ordinal)
                .Replace("<narrative/>", $"<narrative>{Plant("story")}</narrative>", StringComparison.Ordinal);
            if (n % 4 == 0) // what the form does not know
                xml = xml.Replace("<meta>", $"<stranger>{Plant("unknown")}</stranger><meta><instanceName>{Plant("title")}</instanceName>", StringComparison.Ordinal);
            using var answer = await phone.Submit(xml);
            Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
        }

        var held = await host.Phone(2, "coordination", "interviewer2"); // the review of risks has lapsed: kept in quarantine
        for (var n = 0; n < 40; n++)
        {
            using var answer = await held.Submit(OpenRosa.Submissions.Household(Guid.NewGuid(), Plant("held")).Replace("<comments/>", $"<comments>{Plant("comment")}</comments>", StringComparison.Ordinal));
            Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
        }

        for (var n = 0; n < 10; n++) // who says no leaves nothing
            using (var answer = await phone.Submit(OpenRosa.Submissions.Border(Guid.NewGuid(), Plant("said no"), "no")))
                Assert.True(answer.IsSuccessStatusCode);
        using var large = await phone.Submit(OpenRosa.Submissions.Border(Guid.NewGuid(), Plant("with a file")), ("photo.jpg", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Plant("file") + " ", 20000)))));
    }

    private async Task Import()
    {
        var activity = await host.Activity(1);
        var form = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<FormVersion>().Where(f => f.ActivityId == activity && f.FormId == "border_monitoring").Select(f => f.Id).FirstAsync());
        var table = new StringBuilder("KEY;notice_language;consent;Who gave the consent?;consent_means;person/full_name;person-sex;How old are you?;_submission_time\n");
        for (var n = 0; n < 120; n++)
            table.Append(CultureInfo.InvariantCulture, $"uuid:{Guid.NewGuid():D};en;yes;self;spoken;{Plant("row")};female;34;2026-01-01\n");
        await host.Must(s => s.GetRequiredService<ImportRecords>().Handle(host.As("interviewer1"), activity, form, Encoding.UTF8.GetBytes(table.ToString()), true, CancellationToken.None));
        var wrong = $"KEY;notice_language;consent;person/full_name\nuuid:{Guid.NewGuid():D};en;perhaps;{Plant("row that does not fit")}\n";
        Assert.False((await host.Do(s => s.GetRequiredService<ImportRecords>().Handle(host.As("interviewer1"), activity, form, Encoding.UTF8.GetBytes(wrong), true, CancellationToken.None))).IsDone);
    }

    private async Task Feedback()
    {
        for (var n = 0; n < 80; n++)
            await host.Must(s => s.GetRequiredService<GiveFeedback>().Handle(AccessContext.PersonWithReceipt,
                new SaidToUs(new FeedbackId(Guid.NewGuid()), 1, FeedbackKind.Complaint, "en", new Sensitive<string>(Plant("complaint"))), CancellationToken.None));
    }

    /// <summary>Errors, wrong addresses and posts that are refused: what they carried is written nowhere.</summary>
    private async Task WrongWays()
    {
        var phone = await host.Phone(1);
        var client = host.CreateClient();
        for (var n = 0; n < 15; n++)
        {
            using var broken = await phone.Submit($"<data id=\"border_monitoring\" version=\"1\"><person><full_name>{Plant("not closed")}");
            using var unknown = await phone.Submit($"<data id=\"{Uri.EscapeDataString(Plant("form"))}\"><full_name>{Plant("no such form")}</full_name><meta><instanceID>uuid:{Guid.NewGuid()}</instanceID></meta></data>");
            using var dtd = await phone.Submit($"<!DOCTYPE d [<!ENTITY e \"{Plant("entity")}\">]><data id=\"border_monitoring\">&e;</data>");
            using var path = await client.GetAsync("/activities/1/records/" + Uri.EscapeDataString(Plant("code")));
            using var query = await client.GetAsync("/no-such-page?name=" + Uri.EscapeDataString(Plant("query")));
            using var api = await client.PostAsync("/api/v1/activities/1/step", new StringContent($"{{\"step\":\"{Plant("json")}\"", Encoding.UTF8, "application/json"));
            using var form = await client.PostAsync("/public/feedback", new FormUrlEncodedContent([KeyValuePair.Create("Input.Words", Plant("no token"))]));
            using var page = await client.PostAsync("/errors/500", new FormUrlEncodedContent([KeyValuePair.Create("x", Plant("error page"))]));
        }
    }

    /// <summary>As UTF-8 or UTF-16, in capitals or not, or inside base64 at any of its three turns.</summary>
    private static bool Marked(ReadOnlySpan<byte> bytes)
    {
        foreach (var form in Forms)
            if (bytes.IndexOf(form) >= 0)
                return true;
        return false;
    }

    private static readonly byte[][] Forms =
    [
        .. new[] { Mark, Mark.ToUpperInvariant(), Mark.ToLowerInvariant() }.SelectMany(m => new[] { Encoding.UTF8.GetBytes(m), Encoding.Unicode.GetBytes(m) }),
        .. Enumerable.Range(0, 3).Select(before => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('a', before) + Mark))[(before == 0 ? 0 : before + 1)..(before == 0 ? 9 : 8 + (2 * before))])),
    ];

    /// <summary>Hears what is logged and traced.</summary>
    private sealed class Heard : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public ActivityListener Listen()
        {
            var listener = new ActivityListener
            {
                ShouldListenTo = static _ => true, Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = a => Lines.Add($"{a.DisplayName} {string.Join(' ', a.TagObjects.Select(t => t.Key + "=" + t.Value))} {string.Join(' ', a.Events.SelectMany(e => e.Tags).Select(t => t.Value))}"),
            };
            ActivitySource.AddActivityListener(listener);
            return listener;
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
