using System.Diagnostics;

namespace Amana.Linkage.Tests;

[CollectionDefinition(nameof(The_speed), DisableParallelization = true)]
public class Measured_alone;

/// <summary>Measured in processor time of this process, so that a busy machine does not falsify it.</summary>
[Collection(nameof(The_speed))]
public class The_speed
{
    private static readonly string[] Syllables = ["ka", "mi", "sal", "no", "ra", "den", "fa", "lu", "tor", "be", "shi", "wan", "go", "ze", "par", "im"];

    [Fact]
    public void Of_linking_two_files_of_40000_people_stays_usable()
    {
        const int people = 40_000;
        var random = new Random(1);
        var (left, right) = (new List<LinkRecord>(), new List<LinkRecord>());
        for (var i = 0; i < people; i++)
        {
            var (given, family) = (Name(random), Name(random));
            var born = $"{1940 + random.Next(80)}-{1 + random.Next(12):D2}-{1 + random.Next(28):D2}";
            var place = $"place {random.Next(200)}";
            left.Add(Person($"a{i}", given, family, born, place));
            right.Add(Person($"b{i}", Slip(given, random), Slip(family, random), random.Next(10) == 0 ? born[..4] : born, random.Next(8) == 0 ? $"place {random.Next(200)}" : place));
        }

        var model = new LinkageModel(
            [Comparison.Name("given", "family"), Comparison.Name("family", "given"), Comparison.Date("born"), Comparison.Text("place")],
            [
                BlockingRule.On(BlockKey.Whole("born")), BlockingRule.On(BlockKey.Skeleton("given"), BlockKey.Whole("place")),
                BlockingRule.On(BlockKey.Skeleton("family"), BlockKey.Year("born")),
            ]);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var result = Linker.Link(model, left, right);
        process.Refresh();
        var learning = (process.TotalProcessorTime - before).TotalSeconds;
        before = process.TotalProcessorTime;
        Linker.Link(result.Model, left, right);
        process.Refresh();
        var scoring = (process.TotalProcessorTime - before).TotalSeconds;

        var evaluation = Evaluation.Of(result.Links.Select(l => (l.Left, l.Right)), Enumerable.Range(0, people).Select(i => ($"a{i}", $"b{i}")));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{people:N0} x {people:N0}: {result.Candidates:N0} pairs; {learning:F1} s of processor time with learning, {scoring:F1} s with weights known; F1 {evaluation.F1:F4}");
        Assert.True(evaluation.F1 > 0.95, $"{evaluation}");
        Assert.True(learning < 60 && scoring < 30, $"{learning} s, {scoring} s");
    }

    private static string Name(Random random) => string.Concat(Enumerable.Range(0, 2 + random.Next(2)).Select(_ => Syllables[random.Next(Syllables.Length)]));

    private static string Slip(string name, Random random)
    {
        if (random.Next(6) != 0)
            return name;
        var at = random.Next(name.Length);
        return name[..at] + (char)('a' + random.Next(26)) + name[(at + random.Next(2))..];
    }

    private static LinkRecord Person(string id, string given, string family, string born, string place) =>
        new(id, new Dictionary<string, string?>(StringComparer.Ordinal) { ["given"] = given, ["family"] = family, ["born"] = born, ["place"] = place });
}
