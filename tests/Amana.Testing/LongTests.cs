using Xunit;

namespace Amana.Testing;

/// <summary>Tests that take long run only when asked for: AMANA_LONG=1, as <c>./test --long</c> sets it. Otherwise they skip, visibly.</summary>
public static class LongTests
{
    public static bool Asked => Environment.GetEnvironmentVariable("AMANA_LONG") is "1";

    public static void OnlyWhenAsked() => Assert.SkipUnless(Asked, "Takes long; run it with ./test --long (AMANA_LONG=1).");
}
