using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Coordination;
using Amana.Domain.Principles;
using Amana.Domain.Sharing;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Coordination;

/// <summary>The protocol as it stands; none before it was written.</summary>
public sealed class ProtocolInForce(AmanaDb db)
{
    public Task<InformationProtocol?> Read(CancellationToken cancellationToken) => db.Set<InformationProtocol>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
}

/// <summary>A request with the names of both sides.</summary>
public sealed record ListedRequest(DataRequest Request, string AskedBy, string AskedOf, int? ActivityNumber, bool MayAnswer, bool Overdue);

/// <summary>Requests that the reader's organisation made or was asked; coordinators and focal points see all.</summary>
public sealed class DataRequests(AmanaDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<ListedRequest>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var own = who.Actor.OrganisationId;
        var sees = who.Actor.Has(Duty.Coordinator) || who.Actor.Has(Duty.DataProtectionFocalPoint);
        var names = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
        var numbers = await db.Set<Activity>().AsNoTracking().ToDictionaryAsync(a => a.Id, a => a.Number, cancellationToken);
        var requests = await db.Set<DataRequest>().AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. requests.Where(r => sees || r.AskedBy == own || r.AskedOf == own).OrderBy(r => r.Answer is not null).ThenByDescending(r => r.At).Select(r => new ListedRequest(r, names.GetValueOrDefault(r.AskedBy, ""),
                names.GetValueOrDefault(r.AskedOf, ""), r.ActivityId is { } a && numbers.TryGetValue(a, out var n) ? n : null,
                r.Answer is null && r.AskedOf == own && r.By != who.Actor.StaffId, r.Answer is null && r.AnswerBy < clock.Today())),
        ];
    }
}

/// <summary>A service with the name of who runs it.</summary>
public sealed record DirectoryLine(ServicePoint Service, string Organisation, bool Stale);

/// <summary>The directory of services, by place and need.</summary>
public sealed class ServiceDirectory(AmanaDb db, TimeProvider clock)
{
    /// <param name="kind">A kind of service; none for all.</param>
    /// <param name="place">Words of a place's code or name; none for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<DirectoryLine>> Read(string? kind, string? place, CancellationToken cancellationToken)
    {
        var names = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
        var services = await db.Set<ServicePoint>().AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. services.Where(s => (string.IsNullOrWhiteSpace(kind) || s.Kind == kind)
                    && (string.IsNullOrWhiteSpace(place) || s.Place.Code.StartsWith(place.Trim(), StringComparison.OrdinalIgnoreCase) || s.Place.Name.Contains(place.Trim(), StringComparison.OrdinalIgnoreCase)))
                .OrderBy(s => s.Place.Code, StringComparer.Ordinal).ThenBy(s => s.Kind, StringComparer.Ordinal).Select(s => new DirectoryLine(s, names.GetValueOrDefault(s.OrganisationId, ""), s.IsStale(clock.Today()))),
        ];
    }
}

/// <summary>One activity as others may know of it.</summary>
/// <param name="Activity">Its plan.</param>
/// <param name="Organisation">Who.</param>
/// <param name="PlaceShown">False for what is strictly confidential: who works where is itself dangerous to tell.</param>
/// <param name="Products">Releases that others already use.</param>
public sealed record RegistryLine(Activity Activity, string Organisation, bool PlaceShown, int Products);

/// <summary>Who collects what, where, when and about whom: the registry as a table (3W, 5W), of the activities that the reader may see.</summary>
public sealed class WhoDoesWhat(AmanaDb db)
{
    public async Task<IReadOnlyList<RegistryLine>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var names = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        var products = (await db.Set<Release>().AsNoTracking().Where(r => r.State == ReleaseState.Approved).Select(r => r.ActivityId).ToListAsync(cancellationToken)).CountBy(a => a).ToDictionary(p => p.Key, p => p.Value);
        var activities = await ActivityBoard.Readable(db, who, cancellationToken);
        return
        [
            .. activities.Where(a => a.Step != PimStep.Closed).OrderBy(a => a.Place.Code, StringComparer.Ordinal).ThenBy(a => a.Category).Select(a => new RegistryLine(a, names.GetValueOrDefault(a.OrganisationId, ""),
                a.Level != SensitivityLevel.StrictlyConfidential, products.GetValueOrDefault(a.Id))),
        ];
    }
}
