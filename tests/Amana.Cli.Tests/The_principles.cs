using System.Text.Json;
using Amana.Domain.Principles;

namespace Amana.Cli.Tests;

public sealed class The_principles
{
    [Fact]
    public async Task Are_listed_with_steps_operations_and_source()
    {
        var answer = await Program.Amana("principles", "--json");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        using var told = JsonDocument.Parse(answer.Output);
        Assert.Equal(Catalogue.Rules.Select(r => (r.Id, r.Principle.ToString(), r.IsEvaluated)), told.RootElement.EnumerateArray()
            .Select(r => (r.GetProperty("id").GetString()!, r.GetProperty("principle").GetString()!, r.GetProperty("evaluated").GetBoolean())));
        Assert.All(told.RootElement.EnumerateArray(), r => Assert.NotEqual("", r.GetProperty("source").GetString()));
        Assert.All(told.RootElement.EnumerateArray(), r => Assert.DoesNotContain('⟦', r.GetProperty("name").GetString()! + r.GetProperty("asks").GetString()));
    }

    [Fact]
    public async Task Are_said_in_words_one_a_line() =>
        Assert.Equal(Catalogue.Rules.Count, (await Program.Amana("principles")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
}
