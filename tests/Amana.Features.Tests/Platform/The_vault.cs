using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

public sealed class The_vault
{
    [Theory, OnEveryStore]
    public async Task Opens_what_it_sealed(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var people = await house.AddPeople(3);
        await house.Reopen();
        for (var i = 0; i < people.Count; i++)
            Assert.Equal(Sealed.NameOf(i), await house.ReadName(people[i]));
    }

    [Theory, OnEveryStore]
    public async Task Does_not_open_a_box_that_was_moved_to_another_record(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var box = await Box(house, (await house.AddPeople(1)).Single());
        Assert.NotNull(await OpenAs(house, box, box.PersonId, box.RecordId, box.Compartment));
        Assert.Null(await OpenAs(house, box, box.PersonId, Ids.New<RecordId>(house.Clock), box.Compartment));
    }

    [Theory, OnEveryStore]
    public async Task Does_not_open_a_box_with_the_key_of_another_person(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var people = await house.AddPeople(2);
        var box = await Box(house, people[0]);
        Assert.Null(await OpenAs(house, box, people[1], box.RecordId, box.Compartment));
    }

    [Theory, OnEveryStore]
    public async Task Does_not_open_a_box_that_was_changed_by_one_bit(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var box = await Box(house, (await house.AddPeople(1)).Single());
        for (var at = 0; at < box.Box.Length; at++)
        {
            box.Box[at] ^= 1;
            Assert.Null(await OpenAs(house, box, box.PersonId, box.RecordId, box.Compartment));
            box.Box[at] ^= 1;
        }
    }

    [Theory, OnEveryStore]
    public async Task Makes_short_and_empty_content_look_alike(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.Do(async services =>
        {
            var safe = services.GetRequiredService<Safe>();
            var person = Ids.New<PersonId>(house.Clock);
            var sizes = new List<int>();
            foreach (var length in new[] { 0, 1, 60 })
                sizes.Add((await safe.SealForPerson(person, Compartment.Identity, Ids.New<RecordId>(house.Clock), new byte[length], CancellationToken.None)).Length);
            Assert.Single(sizes.Distinct());
        });
    }

    [Fact]
    public async Task Keeps_its_keyring_for_its_owner_alone()
    {
        await using var house = await TestHouse.Open(StoreKind.Sqlite);
        await house.AddPeople(1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(house.Store.KeyringFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(house.Store.KeyringFile)!));
    }

    [Fact]
    public void Opens_a_sealed_keyring_with_its_passphrase_only()
    {
        var folder = Directory.CreateTempSubdirectory("amana-test-").FullName;
        try
        {
            var store = new Store(folder);
            string origin;
            using (var made = Keyring.OpenOrMake(store, "seven wells before noon"))
                origin = made.LedgerOrigin;
            using (var opened = Keyring.OpenOrMake(store, "seven wells before noon"))
                Assert.Equal(origin, opened.LedgerOrigin);
            Assert.Throws<KeyringLockedException>(() => Keyring.OpenOrMake(store, "seven wells after noon"));
            Assert.Throws<KeyringLockedException>(() => Keyring.OpenOrMake(store, null));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<PersonBox> Box(TestHouse house, PersonId person) => house.Do(s => s.GetRequiredService<AmanaDb>().Set<PersonBox>().AsNoTracking().SingleAsync(b => b.PersonId == person));

    private static Task<string?> OpenAs(TestHouse house, PersonBox box, PersonId person, RecordId record, Compartment compartment) =>
        house.Do(services => Sealed.Open(services, new PersonBox(box.Id, record, person, compartment, box.Version, box.Name, box.Box)));
}
