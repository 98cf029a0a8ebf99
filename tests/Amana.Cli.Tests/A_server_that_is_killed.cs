using Amana.Features.Platform;
using Amana.Testing;

namespace Amana.Cli.Tests;

public sealed class A_server_that_is_killed
{
    [Fact]
    public Task Loses_no_submission_that_it_acknowledged() => Kill(StoreKind.Sqlite, 5);

    [Theory, OnEveryStore]
    public Task Loses_none_however_often_it_is_killed(StoreKind store)
    {
        LongTests.OnlyWhenAsked();
        return Kill(store, 20);
    }

    /// <summary>The program itself looks after each kill whether records, marks and ledger agree, and ends with 1 if not.</summary>
    private static async Task Kill(StoreKind store, int times)
    {
        string[] server = store == StoreKind.PostgreSql ? ["--store", PostgreSqlServer.Instance.ConnectionString("postgres")] : [];
        var answer = await Program.Amana(["bench", "kill", "--times", times.ToString(System.Globalization.CultureInfo.InvariantCulture), .. server], "", new Dictionary<string, string> { ["AMANA_WEB"] = WebHost() });
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.Contains($"Killed {times} times:", answer.Output);
    }

    /// <summary>The web host as this build made it.</summary>
    private static string WebHost()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (here.Name, here.Parent!.Name);
        for (var folder = here; folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Amana.slnx")))
                return Path.Combine(folder.FullName, "src", "Amana.Web", "bin", configuration, framework, "Amana.Web.dll");
        throw new InvalidOperationException("The solution's folder was not found.");
    }
}
