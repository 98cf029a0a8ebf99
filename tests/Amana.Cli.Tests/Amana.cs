using System.Diagnostics;

namespace Amana.Cli.Tests;

/// <summary>What a command answered.</summary>
internal sealed record Answer(int Code, string Output, string Error);

/// <summary>Runs the real program, as a person at a terminal does.</summary>
internal static class Program
{
    public static async Task<Answer> Amana(IEnumerable<string> args, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "amana.dll"), .. args])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        var answer = new Answer(process.ExitCode, await output, await error);
        Assert.DoesNotContain("   at ", answer.Output + answer.Error); // never a stack trace
        Assert.DoesNotContain("Unhandled", answer.Output + answer.Error);
        return answer;
    }

    public static Task<Answer> Amana(params string[] args) => Amana(args, "");
}

/// <summary>A folder of the test's own.</summary>
internal sealed class Folder : IDisposable
{
    public string Name { get; } = Directory.CreateTempSubdirectory("amana-cli-").FullName;

    public string this[string file] => Path.Combine(Name, file);

    public string Write(string file, string text)
    {
        File.WriteAllText(this[file], text);
        return this[file];
    }

    public void Dispose() => Directory.Delete(Name, recursive: true);
}
