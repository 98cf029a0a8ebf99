using Amana.Features.Platform;
using Amana.Testing;

namespace Amana.Cli.Tests;

public sealed class A_proof
{
    [Theory, OnEveryStore]
    public async Task Is_taken_from_the_store_and_verified_without_it(StoreKind kind)
    {
        await using var store = await EmptyStore.Started(kind);
        var signed = await Program.Amana(["ledger", "checkpoint", .. store.Options]);
        Assert.Equal(0, signed.Code);
        Assert.StartsWith("amana.example/ledger/", signed.Output);
        var key = signed.Error.Trim()["Key: ".Length..];
        var file = Path.Combine(store.Data, "proof.json");
        var taken = await Program.Amana(["ledger", "prove", "1", "-o", file, .. store.Options]);
        Assert.Equal((0, ""), (taken.Code, taken.Error));

        using var elsewhere = new Folder();
        File.Copy(file, elsewhere["proof.json"]);
        var holds = await Program.Amana("ledger", "verify", "--proof", elsewhere["proof.json"], "--key", key);
        Assert.Equal((0, ""), (holds.Code, holds.Error));
        Assert.Contains("stands at position 1", holds.Output);

        var other = elsewhere.Write("other.json", (await File.ReadAllTextAsync(file)).Replace("\"index\": 1", "\"index\": 0", StringComparison.Ordinal));
        Assert.Equal(1, (await Program.Amana("ledger", "verify", "--proof", other, "--key", key)).Code);
        Assert.Equal(1, (await Program.Amana("ledger", "verify", "--proof", elsewhere.Write("none.json", "{}"), "--key", key)).Code);
        Assert.Equal(2, (await Program.Amana("ledger", "verify", "--proof", file)).Code);
        Assert.Equal(1, (await Program.Amana(["ledger", "prove", "999", "-o", file, .. store.Options])).Code);
    }

    [Fact]
    public async Task Against_a_history_that_was_rewritten_is_a_checkpoint_that_left_the_house()
    {
        await using var store = await EmptyStore.Started(StoreKind.Sqlite);
        using var stick = new Folder();
        Assert.Equal(0, (await Program.Amana(["ledger", "checkpoint", "--drop", stick["witness"], .. store.Options])).Code);
        Assert.Equal(0, (await Program.Amana(["ledger", "checkpoint", "--drop", stick["witness"], .. store.Options])).Code); // twice, and grown
        var checkpoints = stick["witness/checkpoints"];
        Assert.Equal(2, Directory.GetFiles(checkpoints).Length);
        Assert.Equal(0, (await Program.Amana(["ledger", "verify", "--checkpoints", checkpoints, .. store.Options])).Code);

        await using var other = await EmptyStore.Started(StoreKind.Sqlite);
        var foreign = await Program.Amana(["ledger", "checkpoint", "--drop", stick["witness"], .. other.Options]);
        Assert.Equal(1, foreign.Code);
        Assert.Contains("another ledger", foreign.Error);
    }
}
