namespace Amana.Cli.Tests;

public sealed class Wrong_usage
{
    [Theory]
    [InlineData]
    [InlineData("sing")]
    [InlineData("form")]
    [InlineData("form", "check")]
    [InlineData("form", "check", "a", "b")]
    [InlineData("form", "convert", "a.xlsx")]
    [InlineData("ledger", "verify", "--data")]
    [InlineData("migrate", "--store", "nonsense")]
    [InlineData("user", "add", "--email", "a@b.example")]
    [InlineData("user", "add", "--email", "a@b.example", "--name", "A", "--organisation", "X", "--duty", "King")]
    [InlineData("activity", "rules", "seven")]
    [InlineData("activity", "open", "seven", "--as", "a@b.example")]
    [InlineData("activity", "open", "7")]
    [InlineData("migrate", "--unknown")]
    public async Task Ends_with_2_and_a_plain_line(params string[] args)
    {
        var answer = await Program.Amana(args);
        Assert.Equal(2, answer.Code);
        Assert.Contains("--help", answer.Error);
        Assert.Empty(answer.Output);
    }

    [Fact]
    public async Task Is_avoided_by_help_which_ends_with_0()
    {
        var answer = await Program.Amana("--help");
        Assert.Equal(0, answer.Code);
        foreach (var part in new[] { "serve", "migrate", "user", "form", "ledger", "activity" })
            Assert.Contains(part, answer.Output);
    }
}
