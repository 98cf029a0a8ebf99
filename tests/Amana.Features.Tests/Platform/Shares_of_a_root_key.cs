using Amana.Features.Platform.Vault;
using CsCheck;

namespace Amana.Features.Tests.Platform;

public sealed class Shares_of_a_root_key
{
    private static readonly Gen<(byte[] Secret, int Need, int Of)> Splittings =
        from secret in Gen.Byte.Array[32]
        from need in Gen.Int[2, 6]
        from more in Gen.Int[0, 4]
        select (secret, need, need + more);

    [Fact]
    public void Join_in_any_order_when_there_are_enough() => Gen.Select(Splittings, Gen.Int[0, int.MaxValue]).Sample((s, seed) =>
    {
        var parts = RootShare.Split(s.Secret, s.Need, s.Of).ToArray();
        new Random(seed).Shuffle(parts);
        Assert.Equal(s.Secret, RootShare.Join([.. parts.Take(s.Need)], out _));
    }, iter: 200);

    [Fact]
    public void Tell_nothing_when_one_is_missing() => Splittings.Sample(s =>
    {
        // With one part too few, every other secret fits as well: there is a last part that makes any chosen byte.
        var parts = Shamir.Split(s.Secret, s.Need, s.Of);
        var few = Enumerable.Range(1, s.Need - 1).Select(x => ((byte)x, parts[x - 1])).ToList();
        var wanted = s.Secret.Select(b => (byte)(b ^ 0xA5)).ToArray();
        var zero = Shamir.Join([.. few, ((byte)s.Of, new byte[32])]);
        var one = Shamir.Join([.. few, ((byte)s.Of, Enumerable.Repeat((byte)1, 32).ToArray())]);
        var forged = wanted.Select((w, i) => Shamir.Times((byte)(w ^ zero[i]), Shamir.Inverse((byte)(one[i] ^ zero[i])))).ToArray();
        Assert.Equal(wanted, Shamir.Join([.. few, ((byte)s.Of, forged)]));
    }, iter: 100);

    [Fact]
    public void Are_refused_when_too_few_or_of_two_splittings()
    {
        var (a, b) = (RootShare.Split(new byte[32], 2, 3), RootShare.Split(new byte[32], 2, 3));
        Assert.Null(RootShare.Join([a[0]], out var few));
        Assert.Contains("2 different shares are needed", few, StringComparison.Ordinal);
        Assert.Null(RootShare.Join([a[0], a[0]], out _));
        Assert.Null(RootShare.Join([a[0], b[1]], out var mixed));
        Assert.Contains("different splittings", mixed, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_read_however_they_were_typed() => Gen.Select(Splittings, Gen.Bool).Sample((s, whole) =>
    {
        foreach (var share in RootShare.Split(s.Secret, s.Need, s.Of))
        {
            var line = share.ToString();
            var typed = whole ? line.ToLowerInvariant() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace('-', '\n').Replace('0', 'O').Replace('1', 'l');
            Assert.True(RootShare.TryParse(typed, out var read, out var problem), problem);
            Assert.Equal((share.Number, share.Need, share.Of, share.SetName), (read.Number, read.Need, read.Of, read.SetName));
            Assert.Equal(line, read.ToString());
        }
    }, iter: 50);

    [Fact]
    public void With_one_wrong_letter_are_found_out()
    {
        const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var line = RootShare.Split(new byte[32], 2, 3)[0].ToString();
        var from = line.IndexOf(':', StringComparison.Ordinal) + 2;
        for (var at = from; at < line.Length; at++)
        {
            if (line[at] == '-')
                continue;
            foreach (var other in Letters.Where(l => l != line[at]))
                Assert.False(RootShare.TryParse(line[..at] + other + line[(at + 1)..], out _, out _));
        }
    }

    [Fact]
    public void Multiply_as_the_field_of_aes_does()
    {
        Assert.Equal(0xC1, Shamir.Times(0x57, 0x83)); // FIPS 197 §4.2
        Assert.Equal(0xFE, Shamir.Times(0x57, 0x13));
        for (var a = 1; a < 256; a++)
            Assert.Equal(1, Shamir.Times((byte)a, Shamir.Inverse((byte)a)));
    }
}
