using System.Globalization;
using System.Net.Mail;
using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Features.Activities;
using Amana.Features.Incidents;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Texts;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Principles;

/// <summary>The mail server for the digest. Without one no mail is ever sent.</summary>
/// <param name="Host">Name or address of the server.</param>
/// <param name="Port">Its port.</param>
/// <param name="From">The sender's address.</param>
/// <param name="Site">The address of this house, for links; such as <c>https://amana.example</c>.</param>
/// <param name="Encrypted">Whether the line to the server is encrypted (STARTTLS); only a server on this machine should do without.</param>
public sealed record MailServer(string Host, int Port, string From, string Site, bool Encrypted = true);

/// <summary>Sends each member of staff, once a day, how many findings wait for them and where: numbers of activities, ids of rules, days and links. Never a title, a place, a
/// name, or anything about people: mail is read by others on its way.</summary>
public sealed class SendDigest(AmanaDb db, NeedsMe needs, LedgerAlarms alarms, LedgerBook ledger, DigestLetter letter, TimeProvider clock)
{
    private const string Kind = "DigestSent";

    /// <summary>Sends what is due; returns how many mails left. None without a server, or when today's were sent.</summary>
    public async Task<int> Handle(CancellationToken cancellationToken)
    {
        if (!letter.Begin(clock.Today()))
            return 0;
        var midnight = new DateTimeOffset(clock.Now().UtcDateTime.Date, TimeSpan.Zero);
        if (await db.Set<LedgerEntry>().AsNoTracking().AnyAsync(e => e.Kind == Kind && e.At >= midnight, cancellationToken))
            return 0; // sent by this house before it was opened again, or by another node
        var sent = 0;
        var unusual = await alarms.Count(cancellationToken);
        foreach (var staff in await db.Set<StaffMember>().AsNoTracking().Where(s => s.Active).ToListAsync(cancellationToken))
        {
            var who = new AccessContext(new Actor(ActorKind.Staff, staff.Id, staff.OrganisationId, staff.Duties));
            var waiting = await needs.Read(who, cancellationToken);
            var asked = await db.Set<MendRequest>().AsNoTracking().Where(r => r.OwnerId == staff.Id).Join(db.Set<Domain.Activities.Activity>(), r => r.ActivityId, a => a.Id, (r, a) => new { a.Number, r.Rule, r.DueOn }).ToListAsync(cancellationToken);
            var toLookAt = who.Actor.Has(Duty.DataProtectionFocalPoint) ? unusual : 0;
            if (waiting.Count + asked.Count + toLookAt == 0)
                continue;
            await letter.Send(staff.Email, waiting, [.. asked.Select(a => (a.Number, a.Rule, a.DueOn))], toLookAt, cancellationToken);
            await ledger.Commit(AccessContext.House, cancellationToken, new Happening(Kind, null, staff.Id.Value).With("activities", waiting.Count).With("asked", asked.Count).With("alarms", toLookAt));
            sent++;
        }

        return sent;
    }

}

/// <summary>The words of a digest, and the post that takes it.</summary>
public sealed class DigestLetter(Texts.Texts texts, DigestPost post)
{
    /// <summary>True once for each day, and never without a server.</summary>
    public bool Begin(DateOnly today) => post.Begin(today);

    /// <param name="to">The address of the member of staff.</param>
    /// <param name="waiting">Activities with findings that they can mend.</param>
    /// <param name="asked">What they were asked to mend, and by when.</param>
    /// <param name="alarms">How many unusual entries of the ledger wait for a focal point.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public Task Send(string to, IReadOnlyList<ActivityNeedsMe> waiting, IReadOnlyList<(int Number, string Rule, DateOnly DueOn)> asked, int alarms, CancellationToken cancellationToken) =>
        post.Send(to, texts.Get(Language.English, "digest.subject"), Written(waiting, asked, alarms), cancellationToken);

    private string Written(IReadOnlyList<ActivityNeedsMe> waiting, IReadOnlyList<(int Number, string Rule, DateOnly DueOn)> asked, int alarms)
    {
        var lines = new List<string> { texts.Get(Language.English, "digest.lede"), "" };
        if (alarms > 0)
            lines.AddRange([texts.Get(Language.English, "digest.alarms", new { count = alarms, days = LedgerAlarms.Days }), post.Site.TrimEnd('/') + "/ledger/alarms"]);
        foreach (var activity in waiting)
        {
            var rules = string.Join(", ", activity.Findings.Select(f => f.Rule.Id).Distinct(StringComparer.Ordinal));
            lines.Add(texts.Get(Language.English, "digest.activity", new { number = activity.Number, count = activity.Findings.Count, rules }));
            lines.Add(Link(activity.Number, null));
        }

        foreach (var (number, rule, dueOn) in asked)
        {
            lines.Add(texts.Get(Language.English, "digest.asked", new { number, rule, date = dueOn }));
            lines.Add(Link(number, rule));
        }

        return string.Join("\r\n", [.. lines, "", texts.Get(Language.English, "digest.end")]);
    }

    private string Link(int number, string? rule) => string.Create(CultureInfo.InvariantCulture, $"{post.Site.TrimEnd('/')}/activities/{number}/rules{(rule is null ? "" : "/" + rule)}");
}

/// <summary>Posts the digests of a day once, where a mail server was given.</summary>
public sealed class DigestPost(MailServer? server = null)
{
    private readonly Lock _one = new();
    private DateOnly _begun;

    public string Site => server?.Site ?? "";

    /// <summary>True once for each day, and never without a server.</summary>
    public bool Begin(DateOnly today)
    {
        lock (_one)
        {
            if (server is null || _begun >= today)
                return false;
            _begun = today;
            return true;
        }
    }

    public async Task Send(string to, string subject, string words, CancellationToken cancellationToken)
    {
        using var mail = new MailMessage(server!.From, to, subject, words);
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.Encrypted, Timeout = 20_000 };
        await client.SendMailAsync(mail, cancellationToken);
    }
}
