using System.Diagnostics.CodeAnalysis;
using System.Net;
using Amana.Features.Platform;
using Amana.Web.Security;

namespace Amana.Web.Hosting;

/// <summary>What was chosen on the command line. Anything unknown or out of place is refused in one plain line.</summary>
public sealed record HostChoices
{
    /// <summary>How to start, in a few lines.</summary>
    public const string Usage = """
        Usage: Amana.Web [--data DIR] [--store "Host=…"] [--urls URL] [--keyring DIR] [--public-address URL] [--demo]
          --data DIR      folder of the embedded database, the keyring and the ledger's witness files (./data)
          --store TEXT    PostgreSQL connection string, instead of the embedded database
          --urls URL      where to listen, on this machine only (http://127.0.0.1:5080)
          --keyring DIR   folder of the keyring, if it lies elsewhere
          --public-address URL  the https address under which people reach it through a proxy (passkeys are bound to it)
          --demo          fill an empty store with a made-up operation
        The passphrase of a sealed keyring is read from AMANA_KEYRING_PASSPHRASE, a provider of sign-ins from AMANA_OPENID_AUTHORITY, _CLIENT, _SECRET_FILE.
        """;

    // What test hosts and the framework's own tools pass on; it changes nothing that is promised here.
    private static readonly string[] OfTheFramework = ["environment", "contentRoot", "applicationName"];

    public string Data { get; private init; } = "data";
    public string? Connection { get; private init; }
    public string Urls { get; private init; } = "http://127.0.0.1:5080";
    public string? Keyring { get; private init; }
    public bool Demo { get; private init; }

    /// <summary>The address under which people reach the house through a proxy; none while it serves this machine alone.</summary>
    public Uri? PublicAddress { get; private init; }

    /// <summary>By which staff of some organisations sign in, from the environment.</summary>
    public OutsideProvider Provider { get; private init; } = OutsideProvider.None;

    public IReadOnlyList<string> Framework { get; private init; } = [];

    public Store Store => new(Path.GetFullPath(Data), Connection) { KeyringDirectory = Keyring is null ? null : Path.GetFullPath(Keyring) };

    /// <summary>Reads the arguments; false with the problem in words when they are wrong.</summary>
    public static bool TryRead(IReadOnlyList<string> args, [NotNullWhen(true)] out HostChoices? choices, out string problem)
    {
        (choices, problem) = (null, "");
        var read = new HostChoices();
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal) || !given.Add(name))
                return Refuse(name.StartsWith("--", StringComparison.Ordinal) ? $"{name} is given twice." : $"'{args[i]}' is not understood.", out problem);
            if (name != "--demo" && value is null && ++i < args.Count)
                value = args[i];
            if (read.With(name[2..], value, ref problem) is not { } with)
                return false;
            read = with;
        }

        if (!OutsideProvider.TryRead(Environment.GetEnvironmentVariable, out var provider, out problem))
            return false;
        choices = read with { Provider = provider };
        return true;
    }

    private HostChoices? With(string name, string? value, ref string problem)
    {
        if (name == "demo" && value is null)
            return this with { Demo = true };
        if (name is not ("data" or "store" or "urls" or "keyring" or "public-address") && !OfTheFramework.Contains(name, StringComparer.Ordinal))
            return Wrong(name == "demo" ? "--demo takes no value." : $"--{name} is not an option.", ref problem);
        if (string.IsNullOrWhiteSpace(value) || (value.StartsWith("--", StringComparison.Ordinal) && name != "store"))
            return Wrong($"--{name} needs a value.", ref problem);
        return name switch
        {
            "data" => this with { Data = value },
            "store" => StoreProblems.IsConnection(value) ? this with { Connection = value } : Wrong("--store is not a PostgreSQL connection string, such as \"Host=db;Database=amana;Username=amana\".", ref problem),
            "keyring" => this with { Keyring = value },
            "public-address" => IsPublic(value) ? this with { PublicAddress = new Uri(value) } : Wrong($"--public-address {value}: it has to be an https address without a path, such as https://amana.example.org.", ref problem),
            "urls" => IsHere(value) ? this with { Urls = value } : Wrong($"--urls {value}: only addresses of this machine are allowed, such as http://127.0.0.1:5080. Put a proxy in front for others.", ref problem),
            _ => this with { Framework = [.. Framework, $"--{name}={value}"] },
        };
    }

    /// <summary>An https address of a name, without a path: passkeys are bound to it.</summary>
    private static bool IsPublic(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri is { Scheme: "https", PathAndQuery: "/", UserInfo: "", Fragment: "", HostNameType: UriHostNameType.Dns };

    /// <summary>One loopback address, http or https, without a path.</summary>
    private static bool IsHere(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { PathAndQuery: "/", UserInfo: "", Fragment: "" }
        && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));

    private static HostChoices? Wrong(string words, ref string problem)
    {
        problem = words;
        return null;
    }

    private static bool Refuse(string words, out string problem)
    {
        problem = words;
        return false;
    }
}
