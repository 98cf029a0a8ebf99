using System.Security.Cryptography;
using System.Text;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Tests.Platform;

public sealed class Hybrid_encryption
{
    private static readonly byte[] Use = Encoding.UTF8.GetBytes("a use");
    private static readonly byte[] Bound = Encoding.UTF8.GetBytes("a header");

    /// <summary>RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0.</summary>
    [Fact]
    public void Opens_the_example_of_its_standard()
    {
        var enc = Convert.FromHexString("04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4");
        var ct = Convert.FromHexString("5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434");
        var opened = Hpke.Open(PrivateKey(), enc, Encoding.ASCII.GetBytes("Ode on a Grecian Urn"), Encoding.ASCII.GetBytes("Count-0"), ct, keySize: 16);
        Assert.Equal("Beauty is truth, truth beauty", Encoding.ASCII.GetString(opened));
    }

    [Fact]
    public void Opens_what_it_sealed_and_nothing_that_was_changed()
    {
        var (point, secret) = Hpke.NewPair();
        var content = RandomNumberGenerator.GetBytes(300);
        var (enc, ct) = Hpke.Seal(point, Use, Bound, content);
        Assert.Equal(content, Hpke.Open(secret, enc, Use, Bound, ct));
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(Hpke.NewPair().Private, enc, Use, Bound, ct));
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(secret, enc, Bound, Bound, ct));
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(secret, enc, Use, Use, ct));
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(secret, Flipped(enc, 40), Use, Bound, ct));
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(secret, enc, Use, Bound, Flipped(ct, 7)));
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(secret, enc, Use, Bound, ct.AsSpan(0, 10)));
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        byte[] copy = [.. bytes];
        copy[at] ^= 1;
        return copy;
    }

    private static byte[] PrivateKey()
    {
        var q = Convert.FromHexString("04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0");
        using var key = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = q[1..33], Y = q[33..] },
            D = Convert.FromHexString("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2"),
        });
        return key.ExportPkcs8PrivateKey();
    }
}
