namespace Amana.Disclosure.Tests;

public sealed class A_privacy_ledger
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void Never_draws_anew_for_the_same_question()
    {
        var first = new PrivacyLedger(1).Ask("women in x", 40, 0.5, Secret).OrThrow();
        var again = first.Ledger.Ask("women in x", 40, 0.5, Secret).OrThrow();

        Assert.Equal(first.Count, again.Count);
        Assert.Equal(0.5, again.Ledger.Spent);
    }

    [Fact]
    public void Draws_the_same_even_after_it_was_lost() =>
        Assert.Equal(new PrivacyLedger(1).Ask("women in x", 40, 0.5, Secret).OrThrow().Count, new PrivacyLedger(9).Ask("women in x", 40, 0.5, Secret).OrThrow().Count);

    [Fact]
    public void Refuses_when_the_budget_is_spent()
    {
        var ledger = new PrivacyLedger(1);
        for (var i = 0; i < 10; i++)
            ledger = ledger.Ask($"question {i}", 40, 0.1, Secret).OrThrow().Ledger;

        Assert.Equal("privacy.budget-spent", Assert.IsType<Answer<(PrivateCount Count, PrivacyLedger Ledger)>.Refused>(ledger.Ask("one more", 40, 0.1, Secret)).Fault.Slug);
        Assert.Equal(ledger.Entries[3], ledger.Ask("question 3", 40, 0.1, Secret).OrThrow().Count);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Draws_from_the_two_sided_geometric_distribution(double rate)
    {
        const int Draws = 40_000;
        var noise = Enumerable.Range(0, Draws).Select(i => PrivacyLedger.Noise(Secret, $"{i}", rate)).ToArray();
        var q = Math.Exp(-rate);

        for (var v = -4; v <= 4; v++)
        {
            var expected = (1 - q) / (1 + q) * Math.Pow(q, Math.Abs(v));
            Assert.Equal(expected, noise.Count(n => n == v) / (double)Draws, 5 * Math.Sqrt(expected / Draws));
        }
    }
}
