using System.Security.Cryptography;
using System.Text;
using Amana.Domain.People;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

/// <summary>Puts made-up people into a house and tries to read them again.</summary>
internal static class Sealed
{
    public static readonly ActivityId Activity = new(Guid.Parse("0195a000-0000-7000-8000-000000000001"));

    public static Task<List<PersonId>> AddPeople(this TestHouse house, int count) => house.Do(async services =>
    {
        var (db, safe) = (services.GetRequiredService<AmanaDb>(), services.GetRequiredService<Safe>());
        var people = new List<PersonId>();
        for (var i = 0; i < count; i++)
        {
            var (person, record) = (Ids.New<PersonId>(house.Clock), Ids.New<RecordId>(house.Clock));
            var box = await safe.SealForPerson(person, Compartment.Identity, record, Encoding.UTF8.GetBytes(NameOf(i)), CancellationToken.None);
            db.Add(new Person(person, Activity));
            db.Add(new PersonBox(Ids.NewGuid(house.Clock), record, person, Compartment.Identity, 1, "", box));
            people.Add(person);
        }

        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("PeopleMadeUp", Activity).With("count", count));
        return people;
    });

    public static string NameOf(int number) => $"Person made up {number}";

    /// <summary>What a reader with every permission gets out of the person's box: the name, or none when it does not open or is no longer there.</summary>
    public static Task<string?> ReadName(this TestHouse house, PersonId person) => house.Do<string?>(async services =>
    {
        var box = await services.GetRequiredService<AmanaDb>().Set<PersonBox>().SingleOrDefaultAsync(b => b.PersonId == person);
        return box is null ? null : await Open(services, box);
    });

    public static async Task<string?> Open(IServiceProvider services, PersonBox box)
    {
        var permit = await services.GetRequiredService<LedgerBook>().Disclose(AccessContext.House, new GateAnswer(true, [], []), new Happening("RecordOpened", Activity, box.RecordId.Value), CancellationToken.None);
        try
        {
            return Encoding.UTF8.GetString(await services.GetRequiredService<Safe>().OpenForPerson(permit, box, CancellationToken.None));
        }
        catch (Exception e) when (e is CryptographicException or ErasedException)
        {
            return null;
        }
    }

    public static Task<Erased> Erase(this TestHouse house, IReadOnlyList<PersonId> people, Action? beforeCommit = null) => house.Do(services =>
        services.GetRequiredService<ErasureRun>().Run(AccessContext.House, people, erased =>
        {
            beforeCommit?.Invoke();
            return [LedgerEntry.Of(new Happening("PeopleErased", Activity).With("people", erased.People), AccessContext.House, Ids.NewGuid(house.Clock), house.Clock.Now())];
        }, CancellationToken.None));

    /// <summary>Registers a folder for copies of the key store and writes the first one.</summary>
    public static Task Register(this TestHouse house, string folder) => house.Do(async services =>
    {
        var copies = services.GetRequiredService<Features.Platform.Backup.KeyStoreCopies>();
        Assert.Null(await copies.Register(AccessContext.House, "safe", folder, CancellationToken.None));
        Assert.All(await copies.WriteAll(AccessContext.House, false, CancellationToken.None), s => Assert.True(s.Current, s.Problem));
    });
}
