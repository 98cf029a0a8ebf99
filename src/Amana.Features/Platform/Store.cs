namespace Amana.Features.Platform;

/// <summary>Where the house keeps its things: the database and, apart from it, the keyring.</summary>
/// <param name="DataDirectory">Folder for the embedded database, the keyring and the ledger's witness files.</param>
/// <param name="ConnectionString">A PostgreSQL connection string, or none for the embedded SQLite database in the folder.</param>
public sealed record Store(string DataDirectory, string? ConnectionString = null)
{
    public StoreKind Kind => ConnectionString is null ? StoreKind.Sqlite : StoreKind.PostgreSql;

    public string DatabaseFile => Path.Combine(DataDirectory, "amana.db");

    /// <summary>The keyring: its own folder, so that it can lie on another volume and is never part of a data backup.</summary>
    public string KeyringFile => Path.Combine(KeyringDirectory ?? Path.Combine(DataDirectory, "keys"), "keyring.json");

    public string? KeyringDirectory { get; init; }

    /// <summary>Folder where checkpoints and tiles of the ledger are dropped for witnesses.</summary>
    public string WitnessDirectory => Path.Combine(DataDirectory, "witness");

    /// <summary>True when nothing has been kept here yet.</summary>
    public bool IsNew => Kind == StoreKind.Sqlite && !File.Exists(DatabaseFile);
}

public enum StoreKind { Sqlite, PostgreSql }
