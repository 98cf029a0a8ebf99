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

    /// <summary>The demo's story takes a while to tell: it is told once, and every house with a demo begins as a copy of that one.</summary>
    private static readonly Lazy<Task<House>> Demo = new(async () =>
    {
        var told = await Begin(Directory.CreateTempSubdirectory("amana-browser-").FullName, database: null, demo: true);
        await told.Stop();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(told.Folder, recursive: true);
        return told;
    });

    /// <summary>Starts a host and waits until it answers; with the demo, until its story is told. On PostgreSQL it gets a database of its own.</summary>
    public static async Task<House> Start(bool demo, bool onPostgreSql = false)
    {
        var database = onPostgreSql ? $"browser_{Guid.NewGuid():N}" : null;
        if (database is not null)
            await PostgreSqlServer.Instance.Create(database);
        var folder = demo && !onPostgreSql ? CopyOf((await Demo.Value).Folder) : Directory.CreateTempSubdirectory("amana-browser-").FullName;
        return await Begin(folder, database, demo);
    }

    private static async Task<House> Begin(string folder, string? database, bool demo)
    {
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

    /// <summary>Ends the host by the signal of a crash, so that whatever writes crash files writes them; returns what it said until then.</summary>
    public async Task<string> Crash()
    {
        while (!_process.HasExited) // the runtime survives the first
        {
            using var signal = Process.Start("kill", ["-ABRT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await signal.WaitForExitAsync();
            await Task.Delay(500);
        }

        lock (_said)
            return string.Join('\n', _said);
    }

    /// <summary>What the system lets the host do, as its table of limits says.</summary>
    public string Limits => File.ReadAllText($"/proc/{_process.Id}/limits");

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
        // Core files are allowed, so that it shows who forbids them.
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in new[] { "-c", "ulimit -c unlimited 2>/dev/null; exec dotnet \"$@\"", "amana", Built, "--data", folder, "--urls", address }.Concat(demo ? ["--demo"] : [])
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

    private static string CopyOf(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("amana-browser-").FullName;
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(copy, Path.GetRelativePath(folder, inner)));
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(copy, Path.GetRelativePath(folder, file)));
        return copy;
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
