using System.Text.Json;
using Amana.Domain.Accounts;
using Amana.Features.Platform;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli.Tests;

public sealed class A_backup_by_command
{
    [Theory, OnEveryStore]
    public async Task Comes_back_into_an_empty_place_and_into_no_other(StoreKind kind)
    {
        await using var store = await EmptyStore.Started(kind);
        using var kept = await Kept.Of(store);
        string[] restore = ["restore", "--backup", kept.File, "--copy", kept.Safe, "--share", kept.Share(1), "--share", kept.Share(3), "--data", kept.Folder["back"]];
        var back = await Program.Amana([.. restore, "--json"]);
        Assert.Equal((0, ""), (back.Code, back.Error));
        Assert.True(JsonDocument.Parse(back.Output).RootElement.GetProperty("rows").GetInt64() > 10);
        var verified = await Program.Amana("ledger", "verify", "--data", kept.Folder["back"]);
        Assert.Equal((0, ""), (verified.Code, verified.Error));

        var before = await File.ReadAllBytesAsync(kept.Folder["back/amana.db"]);
        var again = await Program.Amana(restore);
        Assert.Equal(1, again.Code);
        Assert.Contains("There is a house", again.Error);
        Assert.Equal(before, await File.ReadAllBytesAsync(kept.Folder["back/amana.db"]));
    }

    [Fact]
    public async Task That_is_cut_altered_or_without_its_keys_is_refused_and_leaves_nothing_behind()
    {
        await using var store = await EmptyStore.Started(StoreKind.Sqlite);
        using var kept = await Kept.Of(store);
        var whole = await File.ReadAllBytesAsync(kept.File);
        await File.WriteAllBytesAsync(kept.Folder["cut.amana"], whole[..(whole.Length / 2)]);
        byte[] altered = [.. whole];
        altered[whole.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(kept.Folder["altered.amana"], altered);
        string[] both = ["--share", kept.Share(1), "--share", kept.Share(2)];
        foreach (var (wrong, more) in new (string, string[])[] { ("cut.amana", both), ("altered.amana", both), ("none.amana", both), ("house.amana", ["--share", kept.Share(1)]) })
        {
            var refused = await Program.Amana(["restore", "--backup", kept.Folder[wrong], "--copy", kept.Safe, .. more, "--data", kept.Folder["new"]]);
            Assert.Equal(1, refused.Code);
            Assert.NotEmpty(refused.Error);
            Assert.True(!Directory.Exists(kept.Folder["new"]) || Directory.GetFiles(kept.Folder["new"], "*", SearchOption.AllDirectories).All(f => f.EndsWith(".lock", StringComparison.Ordinal)), wrong);
        }

        Assert.Equal(1, (await Program.Amana("restore", "--backup", kept.File, "--copy", kept.Folder["nowhere"], "--data", kept.Folder["new"])).Code);
        Assert.Equal(2, (await Program.Amana("restore", "--backup", kept.File)).Code);
        var nowhere = await Program.Amana(["backup", "-o", kept.Folder["nowhere/house.amana"], .. store.Options]);
        Assert.Equal(1, nowhere.Code);
        Assert.Contains("There is no folder", nowhere.Error);
        Assert.Equal(2, (await Program.Amana(["backup", .. store.Options])).Code);
    }

    /// <summary>A backup with the copy of its keys and the three shares.</summary>
    private sealed class Kept(Folder folder) : IDisposable
    {
        public Folder Folder => folder;

        public string File => folder["house.amana"];

        public string Safe => folder["safe"];

        public string Share(int number) => folder[$"share-{number}-of-3.txt"];

        public static async Task<Kept> Of(EmptyStore store)
        {
            var kept = new Kept(new Folder());
            Directory.CreateDirectory(kept.Safe);
            Assert.Equal(0, (await Program.Amana(["keys", "split", "-o", kept.Folder.Name, .. store.Options])).Code);
            Assert.Equal(0, (await Program.Amana(["keys", "target", "add", "safe", kept.Safe, .. store.Options])).Code);
            var done = await Program.Amana(["backup", "-o", kept.File, .. store.Options]);
            Assert.Equal((0, ""), (done.Code, done.Error));
            return kept;
        }

        public void Dispose() => folder.Dispose();
    }
}

public sealed class Accounts_by_command
{
    [Fact]
    public async Task That_cannot_be_made_or_found_say_why_and_change_nothing()
    {
        await using var store = await EmptyStore.Started(StoreKind.Sqlite);
        string[] noor = ["user", "add", "--email", "noor@relief.example", "--name", "Noor Haddad"];
        var organisation = await Program.Amana([.. noor, "--organisation", "nobody", .. store.Options]);
        Assert.Equal(1, organisation.Code);
        Assert.Contains("There are: REL", organisation.Error);
        var weak = await Program.Amana([.. noor, "--organisation", "rel", "--password-stdin", .. store.Options], "short\n");
        Assert.Equal(1, weak.Code);
        Assert.StartsWith("Password: ", weak.Error);
        Assert.Equal(2, (await Program.Amana(["user", "add", "--name", "Noor Haddad", .. store.Options])).Code);
        Assert.Equal(2, (await Program.Amana([.. noor, "--organisation", "rel", "--duty", "King", .. store.Options])).Code);
        Assert.Equal(1, await store.Do(s => s.GetRequiredService<AmanaDb>().Set<StaffMember>().CountAsync()));
        foreach (var act in new[] { "password", "reset-factor", "sessions", "deactivate" })
        {
            var answer = await Program.Amana(["user", act, "--email", "noor@relief.example", .. store.Options]);
            Assert.Equal(1, answer.Code);
            Assert.Contains("Nobody here has the address", answer.Error);
        }
    }

    [Fact]
    public async Task Are_closed_and_opened_again_and_given_a_password_for_one_sign_in()
    {
        await using var store = await EmptyStore.Started(StoreKind.Sqlite);
        Assert.Equal(0, (await Program.Amana(["user", "add", "--email", "noor@relief.example", "--name", "Noor Haddad", "--organisation", "rel", .. store.Options])).Code);
        foreach (var (act, said) in new (string[], string)[] { (["password"], "Password for the next sign-in: "), (["sessions"], "Signed in nowhere."), (["deactivate"], "Done."), (["deactivate", "--undo"], "Done.") })
        {
            var answer = await Program.Amana(["user", .. act, "--email", "NOOR@relief.example", .. store.Options]);
            Assert.Equal((0, ""), (answer.Code, answer.Error));
            Assert.Contains(said, answer.Output);
        }

        var verified = await Program.Amana(["ledger", "verify", "--integrate", .. store.Options]);
        Assert.Equal((0, ""), (verified.Code, verified.Error));
    }
}
