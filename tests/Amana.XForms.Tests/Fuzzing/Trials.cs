using System.Diagnostics;
using System.Globalization;

namespace Amana.XForms.Tests.Fuzzing;

/// <summary>
/// Tries something again and again with random input: a short while with each change, a million times when the long tests are asked for
/// (AMANA_LONG=1, as ./test --long sets it). No trial may throw, take longer than a second, or set aside more than 256 MB.
/// </summary>
internal static class Trials
{
    private const long MostBytes = 256_000_000;
    private const int LongCount = 1_000_000;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortShare = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongShare = TimeSpan.FromMinutes(40);

    private static bool IsLong => Environment.GetEnvironmentVariable("AMANA_LONG") is "1";

    /// <summary>Runs the trials; each gets its own source of chance, whose seed the message of a failure names.</summary>
    public static void Run(string what, Action<Random> trial)
    {
        var first = IsLong ? Random.Shared.Next(1_000_000_000) : 1;
        trial(new Random(first));
        var (clock, longest, count) = (Stopwatch.StartNew(), TimeSpan.Zero, 1);
        for (; clock.Elapsed < (IsLong ? LongShare : ShortShare) && (!IsLong || count < LongCount); count++)
        {
            var taken = One(what, trial, first + count);
            longest = taken > longest ? taken : longest;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: {count:N0} trials from seed {first} in {clock.Elapsed.TotalSeconds:0} s, the longest {longest.TotalMilliseconds:0} ms"));
        Assert.True(count > 1_000, $"Only {count} trials of {what} fitted into the time.");
    }

    private static TimeSpan One(string what, Action<Random> trial, int seed)
    {
        var taken = Timed(what, trial, seed);
        // The first of a kind waits for code to be made ready, so a slow one is slow only when it is so again.
        for (var again = 0; again < 3 && taken > Slow; again++)
            taken = Timed(what, trial, seed);
        Assert.True(taken <= Slow, FormattableString.Invariant($"{what}, seed {seed}: {taken.TotalMilliseconds:0} ms"));
        return taken;
    }

    private static TimeSpan Timed(string what, Action<Random> trial, int seed)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = WorkTime.Now;
        try
        {
            trial(new Random(seed));
        }
        catch (Exception e)
        {
            Assert.Fail(FormattableString.Invariant($"{what}, seed {seed}: {e}"));
        }

        var taken = WorkTime.Now - start;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Assert.True(bytes <= MostBytes, FormattableString.Invariant($"{what}, seed {seed}: {bytes / 1_000_000} MB"));
        return taken;
    }
}
