#pragma warning disable CA5350, CA5351 // the format has MD5 and SHA-1 in it
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Testing;

/// <summary>Encrypts a finished record as clients do (ODK XForms, "encrypted forms"), written for the tests alone and apart from what opens it.</summary>
/// <param name="publicKey">The form's key, in Base64.</param>
/// <param name="likeEnketo">MGF1 with SHA-1, as Enketo and Java's own provider write; else with SHA-256, as Bouncy Castle does in Collect.</param>
public sealed class PhoneEncryptor(string publicKey, bool likeEnketo)
{
    public (string Envelope, List<(string Name, byte[] Content)> Files) Encrypt(string xml, string formId, string version, string instanceId, params (string Name, byte[] Content)[] media)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var seed = MD5.HashData([.. Encoding.UTF8.GetBytes(instanceId), .. key]);
        var counter = 0;
        byte[] Close(byte[] content)
        {
            seed[counter % 16] = (byte)(seed[counter % 16] + 1);
            counter++;
            using var aes = Aes.Create();
            aes.Key = key;
            return aes.EncryptCfb(content, seed, PaddingMode.PKCS7, 128);
        }

        var closedKey = Convert.ToBase64String(Rsa(key));
        var source = $"{formId}\n{version}\n{closedKey}\n{instanceId}\n";
        var files = new List<(string, byte[])>();
        foreach (var (name, content) in media)
        {
            files.Add((name + ".enc", Close(content)));
            source += $"{name}::{Hex(content)}\n";
        }

        var bytes = Encoding.UTF8.GetBytes(xml);
        files.Add(("submission.xml.enc", Close(bytes)));
        source += $"submission.xml::{Hex(bytes)}\n";
        var signature = Convert.ToBase64String(Rsa(MD5.HashData(Encoding.UTF8.GetBytes(source))));
        var listed = string.Concat(media.Select(m => $"<media><file>{m.Name}.enc</file></media>"));
        return ($"""
            <data xmlns="http://www.opendatakit.org/xforms/encrypted" encrypted="yes" id="{formId}" version="{version}"><base64EncryptedKey>{closedKey}</base64EncryptedKey><meta xmlns="http://openrosa.org/xforms"><instanceID>{instanceId}</instanceID></meta>{listed}<encryptedXmlFile>submission.xml.enc</encryptedXmlFile><base64EncryptedElementSignature>{signature}</base64EncryptedElementSignature></data>
            """, files);
    }

    private byte[] Rsa(byte[] message)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        if (!likeEnketo)
            return rsa.Encrypt(message, RSAEncryptionPadding.OaepSHA256);
        var key = rsa.ExportParameters(false);
        var k = key.Modulus!.Length;
        var data = new byte[k - 33];
        SHA256.HashData([]).CopyTo(data, 0);
        data[^(message.Length + 1)] = 1;
        message.CopyTo(data, data.Length - message.Length);
        var seed = RandomNumberGenerator.GetBytes(32);
        var maskedData = Xor(data, Mask(seed, data.Length));
        byte[] block = [0, .. Xor(seed, Mask(maskedData, 32)), .. maskedData];
        var closed = BigInteger.ModPow(new(block, true, true), new(key.Exponent!, true, true), new(key.Modulus, true, true)).ToByteArray(true, true);
        return [.. new byte[k - closed.Length], .. closed];
    }

    private static byte[] Mask(byte[] seed, int length) =>
        [.. Enumerable.Range(0, length / 20 + 1).SelectMany(i => SHA1.HashData([.. seed, 0, 0, (byte)(i >> 8), (byte)i])).Take(length)];

    private static byte[] Xor(byte[] a, byte[] b) => [.. a.Select((x, i) => (byte)(x ^ b[i]))];

    private static string Hex(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));
}
