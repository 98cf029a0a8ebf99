using System.CommandLine;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Amana.Cli;

/// <summary>Which store a command works on: a folder, or a PostgreSQL connection string with the folder for keyring and witness files.</summary>
public sealed class StoreOptions
{
    private readonly Option<string> _data = new("--data") { Description = "Folder of the embedded database, the keyring and the witness files.", DefaultValueFactory = _ => "data" };
    private readonly Option<string?> _connection = new("--store") { Description = "PostgreSQL connection string (\"Host=…\"), instead of the embedded database." };
    private readonly Option<string?> _keyring = new("--keyring") { Description = "Folder of the keyring, if it lies elsewhere." };

    public void AddTo(Command command)
    {
        _connection.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !StoreProblems.IsConnection(text))
                result.AddError("--store is not a PostgreSQL connection string, such as \"Host=db;Database=amana;Username=amana\".");
        });
        command.Add(_data);
        command.Add(_connection);
        command.Add(_keyring);
    }

    public Store Of(ParseResult parsed) => new(Path.GetFullPath(parsed.GetValue(_data)!), parsed.GetValue(_connection))
    {
        KeyringDirectory = parsed.GetValue(_keyring) is { } keyring ? Path.GetFullPath(keyring) : null,
    };

    /// <summary>The same choice as arguments for the web host.</summary>
    public IEnumerable<string> Passed(ParseResult parsed)
    {
        yield return "--data=" + Path.GetFullPath(parsed.GetValue(_data)!);
        if (parsed.GetValue(_connection) is { } connection)
            yield return "--store=" + connection;
        if (parsed.GetValue(_keyring) is { } keyring)
            yield return "--keyring=" + Path.GetFullPath(keyring);
    }
}

/// <summary>A house opened for one command.</summary>
public static class OpenedHouse
{
    /// <summary>Acts in the house. Refused in plain words when the store or the keyring cannot be used.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="make">Whether it may be made when nothing is there yet.</param>
    /// <param name="act">What is done, in a scope of its own.</param>
    public static async Task<int> Act(Store store, bool make, Func<IServiceProvider, Task<int>> act)
    {
        if (!make && store.IsNew)
            throw new RefusedException($"There is no store in {store.DataDirectory}. 'amana migrate' makes one; --data or --store name another.");
        if (!make && !File.Exists(store.KeyringFile))
            throw new RefusedException($"There is no keyring {store.KeyringFile}. --keyring names another folder.");
        OwnMemory.KeepOutOfFiles();
        try
        {
            await using var provider = Services(store, Environment.GetEnvironmentVariable("AMANA_KEYRING_PASSPHRASE"));
            provider.GetRequiredService<Keyring>();
            await using var scope = provider.CreateAsyncScope();
            return await act(scope.ServiceProvider);
        }
        catch (Exception e) when (e is not RefusedException && StoreProblems.InWords(e, store) is not null)
        {
            throw new RefusedException(StoreProblems.InWords(e, store)!);
        }
    }

    /// <summary>The house's parts, over a store.</summary>
    internal static ServiceProvider Services(Store store, string? passphrase) =>
        new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.None)).AddAmana(store, passphrase).BuildServiceProvider();
}
