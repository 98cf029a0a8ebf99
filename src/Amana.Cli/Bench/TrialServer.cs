using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Amana.Cli.Bench;

/// <summary>A web host of this trial alone: a child process that listens on this machine and is ended with the trial.</summary>
internal sealed class TrialServer : IAsyncDisposable
{
    private readonly Process _process;

    private TrialServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Most memory that was resident so far, in bytes.</summary>
    public long PeakMemory => OfStatus("VmHWM:") ?? _process.PeakWorkingSet64;

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the host on a store and waits until it is open.</summary>
    public static async Task<TrialServer> Start(string host, IEnumerable<string> storeArguments, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [host, .. storeArguments, $"--urls=http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"]) { UseShellExecute = false, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!line.StartsWith("Amana is open", StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new TrialServer(process, port);
        }

        await process.WaitForExitAsync(cancellationToken);
        throw new RefusedException($"The web host ended with {process.ExitCode} before it was open.");
    }

    /// <summary>Ends the host as a power cut would: at once, without a farewell.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private long? OfStatus(string name)
    {
        var file = $"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/status";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) : null;
        return line is null ? null : 1024 * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
