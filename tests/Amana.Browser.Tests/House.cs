using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Amana.Testing;

namespace Amana.Browser.Tests;

/// <summary>The built web host as a process of its own, with a data folder of its own; both go with it.</summary>
public sealed class House : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(150);

    private Process _process;
    private readonly List<string> _said = [];

    private readonly string? _database;

    private House(string address, string folder, string? database, Process process) => (Address, Folder, _database, _process) = (address, folder, database, process);

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address { get; }

    public string Folder { get; }

    /// <summary>The demo's one password; empty without a demo.</summary>
    public string Password { get; private set; } = "";

    /// <summary>The path of the collecting phone of the demo's activity 1.</summary>
    public string PhonePath { get; private set; } = "";

    public static string Root { get; } = FindRoot();

    /// <summary>Starts a host and waits until it answers; with the demo, until its story is told. On PostgreSQL it gets a database of its own.</summary>
    public static async Task<House> Start(bool demo, bool onPostgreSql = false)
    {
        var database = onPostgreSql ? $"browser_{Guid.NewGuid():N}" : null;
        if (database is not null)
            await PostgreSqlServer.Instance.Create(database);
        var folder = Directory.CreateTempSubdirectory("amana-browser-").FullName;
        var address = "http://127.0.0.1:" + FreePort();
        var house = new House(address, folder, database, Launch(address, folder, database, demo));
        house.Listen();
        try
        {
            await house.Answers(demo);
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }

        return house;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
        if (_database is not null)
            await PostgreSqlServer.Instance.Drop(_database);
    }

    /// <summary>Ends the host at once, as a power cut would; what it keeps stays.</summary>
    public async Task Stop()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it again at the same address, over what it kept.</summary>
    public async Task StartAgain()
    {
        _process.Dispose();
        _process = Launch(Address, Folder, _database, demo: false);
        Listen();
        await Answers(demo: false);
    }

    private static Process Launch(string address, string folder, string? database, bool demo)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in new[] { Built, "--data", folder, "--urls", address }.Concat(demo ? ["--demo"] : [])
            .Concat(database is null ? [] : ["--store", PostgreSqlServer.Instance.ConnectionString(database)]))
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    private static string Built
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory); // …/bin/<configuration>/<framework>
            return Path.Combine(Root, "src", "Amana.Web", "bin", output.Parent!.Name, output.Name, "Amana.Web.dll");
        }
    }

    private void Listen()
    {
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (_said)
                _said.Add(line.Data ?? "");
        }

        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task Answers(bool demo)
    {
        using var client = new HttpClient();
        var signIns = Path.Combine(Folder, "demo-sign-ins.json");
        var until = Stopwatch.StartNew();
        while (until.Elapsed < Longest && !_process.HasExited)
        {
            await Task.Delay(150);
            try
            {
                using var answer = await client.GetAsync(Address + "/accounts/sign-in");
                if (answer.StatusCode == HttpStatusCode.OK && (!demo || ReadDemo(signIns)))
                    return;
            }
            catch (HttpRequestException)
            {
                // it does not listen yet
            }
        }

        lock (_said)
            throw new InvalidOperationException("The host did not answer. It said: " + string.Join('\n', _said));
    }

    private bool ReadDemo(string file)
    {
        if (!File.Exists(file))
            return false;
        try
        {
            using var told = JsonDocument.Parse(File.ReadAllText(file));
            (Password, PhonePath) = (told.RootElement.GetProperty(nameof(Password)).GetString()!, told.RootElement.GetProperty(nameof(PhonePath)).GetString()!);
            return true;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return false; // it is being written
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Amana.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Amana.slnx is in no folder above the tests.");
    }
}

/// <summary>A house with the made-up operation, for a whole test class.</summary>
public sealed class DemoHouse : IAsyncLifetime
{
    public House House { get; private set; } = null!;

    public async ValueTask InitializeAsync() => House = await House.Start(demo: true);

    public ValueTask DisposeAsync() => House.DisposeAsync();
}
