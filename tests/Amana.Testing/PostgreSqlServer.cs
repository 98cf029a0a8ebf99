using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Amana.Testing;

/// <summary>A PostgreSQL server of this test process alone: own folder, own port on 127.0.0.1, ended and deleted by itself even when the process is killed.
/// Uses the programs of Debian's package, or of the folder in AMANA_POSTGRESQL_BIN.</summary>
public sealed class PostgreSqlServer
{
    private static readonly Lazy<PostgreSqlServer> Started = new(static () => new PostgreSqlServer());
    private readonly string _folder = Directory.CreateTempSubdirectory("amana-pg-").FullName;
    private readonly string _programs = FindPrograms();
    private readonly int _port = FreePort();

    private PostgreSqlServer()
    {
        Run("chmod", "755", _folder);
        if (Environment.IsPrivilegedProcess)
            Run("chown", "postgres", _folder);
        RunAsServer("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N", "-D", Path.Combine(_folder, "data"));
        EndWithThisProcess();
        RunAsServer("pg_ctl", "-w", "-s", "-D", Path.Combine(_folder, "data"), "-l", Path.Combine(_folder, "log"), "-o",
            $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off -c full_page_writes=off -c max_connections=200", "start");
    }

    /// <summary>The server, started when first asked for.</summary>
    public static PostgreSqlServer Instance => Started.Value;

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Username = "postgres", Database = database, MaxPoolSize = 20, IncludeErrorDetail = true }.ConnectionString;

    /// <summary>Makes a database, empty or as a copy of another that nobody is connected to.</summary>
    public Task Create(string database, string? copyOf = null) =>
        Execute($"create database \"{database}\" {(copyOf is null ? "" : $"template \"{copyOf}\"")}");

    public Task Drop(string database) => Execute($"drop database if exists \"{database}\" with (force)");

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A small watcher outlives this process, however it ends, and takes the server down after it.</summary>
    private void EndWithThisProcess()
    {
        var stop = $"'{Path.Combine(_programs, "pg_ctl")}' -s -m immediate -D '{_folder}/data' stop";
        var asServer = Environment.IsPrivilegedProcess ? $"runuser -u postgres -- {stop}" : stop;
        var watcher = new ProcessStartInfo("setsid") { UseShellExecute = false, WorkingDirectory = "/" };
        foreach (var part in new[] { "sh", "-c", $"exec </dev/null >/dev/null 2>&1; tail --pid={Environment.ProcessId} -f /dev/null; {asServer}; rm -rf '{_folder}'" })
            watcher.ArgumentList.Add(part);
        using (Process.Start(watcher))
        {
        }
    }

    private void RunAsServer(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(_programs, program), .. arguments];
        if (Environment.IsPrivilegedProcess)
            command = ["runuser", "-u", "postgres", "--", .. command];
        Run(command[0], command[1..]);
    }

    private static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh") { UseShellExecute = false, WorkingDirectory = "/" };
        // Output goes to nowhere rather than to a pipe: the server would inherit the pipe and hold it open.
        foreach (var part in new[] { "-c", "exec \"$@\" </dev/null >/dev/null 2>&1", "sh", program }.Concat(arguments))
            start.ArgumentList.Add(part);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static string FindPrograms()
    {
        if (Environment.GetEnvironmentVariable("AMANA_POSTGRESQL_BIN") is { Length: > 0 } folder)
            return folder;
        const string Debian = "/usr/lib/postgresql";
        return (Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [])
            .Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
            ?? throw new InvalidOperationException("PostgreSQL is not installed: 'apt-get install postgresql' gives it, or set AMANA_NO_POSTGRESQL=1 to skip what needs it.");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
