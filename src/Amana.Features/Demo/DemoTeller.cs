using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>What every chapter of the story needs: a fresh scope, the clock, and the cast.</summary>
internal sealed class DemoTeller(IServiceProvider services, StoryClock clock, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, StaffMember> _cast = new(StringComparer.Ordinal);

    public StoryClock Clock => clock;

    public CancellationToken Cancelled => cancellationToken;

    public DateTimeOffset Now => ((TimeProvider)clock).Now();

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public StaffId Id(string key) => _cast[key].Id;

    public OrganisationId OrganisationOf(string key) => _cast[key].OrganisationId;

    public AccessContext As(string key) => new(new Actor(ActorKind.Staff, _cast[key].Id, _cast[key].OrganisationId, _cast[key].Duties));

    /// <summary>Does something in a scope of its own.</summary>
    public async Task<T> Do<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public Task Do(Func<IServiceProvider, Task> act) => Do<object?>(async s =>
    {
        await act(s);
        return null;
    });

    /// <summary>Changes an activity's plan in one commit: the chapter adds what it decided and names the happenings.</summary>
    public Task Plan(string asWho, ActivityId activity, Func<ActivitySnapshot, AmanaDb, IEnumerable<Change>> decide) => Do(async s =>
    {
        var db = s.GetRequiredService<AmanaDb>();
        var snapshot = (await s.GetRequiredService<ActivityReader>().Snapshot(activity, cancellationToken))!;
        var changes = decide(snapshot, db).ToList();
        await s.GetRequiredService<LedgerBook>().Commit(As(asWho), cancellationToken, [.. changes.Select(c => Happening.Of(c, activity))]);
    });

    public Task Meet() => Do(async s =>
    {
        foreach (var member in await s.GetRequiredService<AmanaDb>().Set<StaffMember>().AsNoTracking().ToListAsync(cancellationToken))
            _cast[member.Email.Split('@')[0]] = member;
    });

    /// <summary>The change of a decision that the story knows to be allowed; anything else is a mistake of the story.</summary>
    public static T Allowed<T>(Decision<T> decision) => decision is Decision<T>.Allowed(var change)
        ? change
        : throw new InvalidOperationException("The demo's story does not hold: " + string.Join(", ", decision.Refusals.Select(r => r.Slug + " " + string.Join(' ', r.Args.Values))));

    public static T Done<T>(Outcome<T> outcome) => outcome.IsDone
        ? outcome.Result
        : throw new InvalidOperationException("The demo's story does not hold: " + string.Join(", ", outcome.Refusals.Select(r => r.Slug + " " + string.Join(' ', r.Args.Values))));
}
