using System.Text.Json;
using Amana.Features.Platform;
using Amana.Testing;

namespace Amana.Cli.Tests;

public sealed class Keys_of_a_house
{
    [Theory, OnEveryStore]
    public async Task Are_split_copied_drilled_lost_and_brought_back(StoreKind kind)
    {
        await using var store = await EmptyStore.Started(kind);
        using var safe = new Folder();
        using var shares = new Folder();
        Assert.Contains("was not split", (await Program.Amana(["keys", "target", "add", "safe", safe.Name, .. store.Options])).Error);
        Assert.Equal(0, (await Program.Amana(["keys", "split", "-o", shares.Name, .. store.Options])).Code);
        Assert.Equal(3, Directory.GetFiles(shares.Name).Length);
        var added = await Program.Amana(["keys", "target", "add", "safe", safe.Name, .. store.Options]);
        Assert.Equal((0, ""), (added.Code, added.Error));

        var drill = await Program.Amana(["keys", "drill", "--copy", safe.Name, "--share", shares["share-1-of-3.txt"], "--share", shares["share-3-of-3.txt"], "--json", "--enter", .. store.Options]);
        Assert.Equal((0, ""), (drill.Code, drill.Error));
        Assert.True(JsonDocument.Parse(drill.Output).RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(1, (await Program.Amana("keys", "drill", "--copy", safe.Name, "--share", shares["share-1-of-3.txt"])).Code);

        using (var state = JsonDocument.Parse((await Program.Amana(["keys", "status", "--json", .. store.Options])).Output))
        {
            Assert.True(state.RootElement.GetProperty("targets")[0].GetProperty("current").GetBoolean());
            Assert.NotEqual(JsonValueKind.Null, state.RootElement.GetProperty("drilledAt").ValueKind);
        }

        File.Delete(Path.Combine(store.Data, "keys", "keyring.json"));
        Assert.Equal(1, (await Program.Amana(["keys", "status", .. store.Options])).Code);
        var joined = await Program.Amana(["keys", "join", "--copy", safe.Name, "--share", "-", .. store.Options], await File.ReadAllTextAsync(shares["share-2-of-3.txt"]) + await File.ReadAllTextAsync(shares["share-3-of-3.txt"]));
        Assert.Equal((0, ""), (joined.Code, joined.Error));
        Assert.Equal(0, (await Program.Amana(["ledger", "verify", "--integrate", .. store.Options])).Code);
    }

    [Fact]
    public async Task Are_each_replaced_and_the_ledger_still_verifies()
    {
        await using var store = await EmptyStore.Started(StoreKind.Sqlite);
        foreach (var key in new[] { "root", "epoch", "ledger", "backup" })
        {
            var answer = await Program.Amana(["keys", "rotate", key, .. store.Options]);
            Assert.Equal((0, ""), (answer.Code, answer.Error));
        }

        var environment = new Dictionary<string, string> { ["AMANA_KEYRING_NEW_PASSPHRASE"] = "seven wells before noon" };
        Assert.Equal(0, (await Program.Amana(["keys", "rotate", "passphrase", .. store.Options], "", environment)).Code);
        Assert.Contains("none was given", (await Program.Amana(["keys", "status", .. store.Options])).Error);
        var sealedNow = await Program.Amana(["ledger", "verify", "--integrate", .. store.Options], "", new Dictionary<string, string> { ["AMANA_KEYRING_PASSPHRASE"] = "seven wells before noon" });
        Assert.Equal((0, ""), (sealedNow.Code, sealedNow.Error));
    }

    [Fact]
    public async Task That_cannot_be_replaced_say_why_and_wrong_usage_is_told_apart()
    {
        await using var store = await EmptyStore.Started(StoreKind.Sqlite);
        var index = await Program.Amana(["keys", "rotate", "index", .. store.Options]);
        Assert.Equal(1, index.Code);
        Assert.Contains("could not be made anew", index.Error);
        Assert.Equal(2, (await Program.Amana(["keys", "split", "--need", "1", .. store.Options])).Code);
        Assert.Equal(2, (await Program.Amana("keys", "turn")).Code);
        Assert.Equal(1, (await Program.Amana("keys", "drill", "--copy", "/nowhere")).Code);
    }
}
