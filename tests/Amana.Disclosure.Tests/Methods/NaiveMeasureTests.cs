using System.Collections.Immutable;
using System.Text;
using CsCheck;

namespace Amana.Disclosure.Tests;

/// <summary>
/// Reads a released file as a stranger would, line by line, and compares every pair of records value by value. Shares nothing with the
/// library: no codes, no classes, no reader.
/// </summary>
internal static class Naive
{
    public static string[][] Records(Microdata released)
    {
        using var stream = new MemoryStream();
        CsvWriting.Write(released, stream);
        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Skip(1).Select(line => line.Split(','))];
    }

    /// <summary>Records that match each record; an empty value matches everything.</summary>
    public static int[] Matches(string[][] records) =>
        [.. records.Select(a => records.Count(b => a.Zip(b).All(v => v.First.Length == 0 || v.Second.Length == 0 || v.First == v.Second)))];
}

public sealed class A_released_file_measured_by_a_stranger
{
    private static readonly ImmutableArray<Hierarchy> Hierarchies =
        [.. Small.Keys.Select(k => Hierarchy.FromLines(k, [["1", "low", "*"], ["2", "low", "*"], ["3", "high", "*"], ["4", "high", "*"]]).OrThrow())];

    [Fact]
    public void Has_k_matches_for_everybody_after_local_suppression() =>
        Gen.Select(Small.Microdata, Gen.Int[2, 6]).Where((data, k) => data.RowCount >= k).Sample((data, k) =>
        {
            var released = LocalSuppression.Run(data, Small.Keys, new LocalSuppressionGoal { K = k }).Result;

            Assert.All(Naive.Matches(Naive.Records(released)), f => Assert.True(f >= k));
        });

    [Fact]
    public void Has_k_equals_for_everybody_who_is_left_after_recoding() =>
        Gen.Select(Small.Complete, Gen.Int[2, 6], Gen.Double[0, 1], Gen.Enum<RecodingObjective>()).Sample((data, k, limit, objective) =>
        {
            var goal = new RecodingGoal { K = k, SuppressionLimit = limit, Objective = objective };
            if (Recode.FindBest(data, Hierarchies, goal) is not Answer<Recoding>.Given { Value: var best })
                return;

            var records = Naive.Records(best.Apply(leaveOutSuppressed: true));

            Assert.All(Naive.Matches(records), f => Assert.True(f >= k));
            Assert.True(data.RowCount - records.Length <= limit * data.RowCount);
        });

    [Fact]
    public void Has_k_equals_for_everybody_after_local_recoding() =>
        Gen.Select(Small.Complete, Gen.Int[2, 6]).Where((data, k) => data.RowCount >= k).Sample((data, k) =>
            Assert.All(Naive.Matches(Naive.Records(LocalRecoding.Run(data, Hierarchies, k).OrThrow().Result)), f => Assert.True(f >= k)));

    [Fact]
    public void Has_k_matches_for_everybody_in_the_adult_file()
    {
        string[] keys = ["sex", "race", "marital-status", "education", "workclass"];
        var data = Microdata.FromColumns(keys.Select(k => Shared.Adult()[k])).Rows(Enumerable.Range(0, 3000));

        Assert.All(Naive.Matches(Naive.Records(LocalSuppression.Run(data, keys).Result)), f => Assert.True(f >= 5));
    }

    [Fact]
    public void Has_the_frequencies_that_were_measured() =>
        Small.Microdata.Sample(data =>
            Assert.Equal(Naive.Matches(Naive.Records(data)).Select(f => (double)f), Enumerable.Range(0, data.RowCount).Select(KAnonymity.Measure(data, Small.Keys).Frequency)));
}
