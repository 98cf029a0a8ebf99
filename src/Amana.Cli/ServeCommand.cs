using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Amana.Cli;

/// <summary><c>amana serve</c>: starts the web host, a program of its own, and ends with it. The two hosts share no code but the house.</summary>
public static class ServeCommand
{
    internal const string NoHost = "The web host (Amana.Web.dll) is neither beside this program nor built: run 'dotnet build src/Amana.Web', or name it in AMANA_WEB.";

    public static Command Make()
    {
        var urls = new Option<string?>("--urls") { Description = "Where to listen, on this machine only (http://127.0.0.1:5080)." };
        var demo = new Option<bool>("--demo") { Description = "Fill an empty store with a made-up operation." };
        var store = new StoreOptions();
        var command = new Command("serve", "Start the web host.") { urls, demo };
        store.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (Find() is not { } host)
                return Exit.With(NoHost);
            List<string> arguments = [host, .. store.Passed(parsed)];
            if (parsed.GetValue(urls) is { } address)
                arguments.Add("--urls=" + address);
            if (parsed.GetValue(demo))
                arguments.Add("--demo");
            return await Run(arguments, cancellationToken);
        });
        return command;
    }

    private static async Task<int> Run(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false })!;
        // A signal to this program is meant for the host: it closes the ledger before it ends.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        });
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    internal static string? Find()
    {
        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var (framework, configuration) = (Path.GetFileName(here), Path.GetFileName(Path.GetDirectoryName(here)!));
        string?[] places =
        [
            Environment.GetEnvironmentVariable("AMANA_WEB"),
            Path.Combine(here, "Amana.Web.dll"),
            Path.GetFullPath(Path.Combine(here, "..", "..", "..", "..", "Amana.Web", "bin", configuration, framework, "Amana.Web.dll")),
        ];
        return places.FirstOrDefault(File.Exists);
    }
}
