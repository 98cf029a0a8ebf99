using System.Collections.Concurrent;

namespace Amana.Features.Accounts;

/// <summary>Answers to challenges of Digest that were taken, so that none is taken twice (RFC 7616, 3.4.5): whoever listened on a line without encryption could otherwise send a record of their own under a phone's answer.
/// Kept in memory for as long as a challenge lives; only right answers come here. The same answer again asks for a fresh one, which clients give by themselves.</summary>
public sealed class AnsweredChallenges(TimeProvider clock)
{
    private const int Most = 50_000;
    private readonly ConcurrentDictionary<(string Challenge, string Count), long> _taken = new();

    /// <summary>Takes an answer; false when it was taken before.</summary>
    public bool Take(string challenge, string count, TimeSpan life)
    {
        var now = clock.GetUtcNow().UtcTicks;
        if (_taken.Count >= Most)
            Forget(now - life.Ticks);
        return _taken.TryAdd((challenge, count), now);
    }

    /// <summary>What is older than a challenge lives cannot come again. Where that makes no room, the older half goes: a phone that asks so often has a team's day behind it.</summary>
    private void Forget(long before)
    {
        foreach (var (answer, at) in _taken)
            if (at < before)
                _taken.TryRemove(answer, out _);
        if (_taken.Count < Most)
            return;
        foreach (var (answer, _) in _taken.ToArray().OrderBy(t => t.Value).Take(Most / 2))
            _taken.TryRemove(answer, out _);
    }
}
