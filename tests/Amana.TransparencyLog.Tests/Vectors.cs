using System.Text;

namespace Amana.TransparencyLog.Tests;

/// <summary>
/// The eight leaves and their roots that Certificate Transparency's reference implementations test RFC 6962 with,
/// and the key and note that Go's golang.org/x/mod/sumdb/note documents.
/// </summary>
internal static class Vectors
{
    internal static readonly byte[][] Leaves =
        [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    internal static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    internal const string GoVerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    internal const string GoSigningKey = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    internal const string GoText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    internal const string GoNote = GoText + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    internal static NoteSigner GoSigner() => NoteSigner.FromSeed("PeterNeumann", Convert.FromBase64String(GoSigningKey).AsSpan(1));

    internal static byte[] Entry(long position) => Encoding.UTF8.GetBytes($"entry number {position}");

    internal static NoteSigner Signer(string name, byte seed) => NoteSigner.FromSeed(name, [.. Enumerable.Repeat(seed, 32)]);

    internal static MerkleTree Tree(long size)
    {
        var tree = new MerkleTree();
        for (var i = 0L; i < size; i++)
            tree.AppendEntry(Entry(i));
        return tree;
    }
}
