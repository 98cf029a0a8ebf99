using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Amana.XForms;

namespace Amana.Features.Platform.Vault;

/// <summary>A record as it was before the phone encrypted it.</summary>
internal sealed record OpenedEnvelope(byte[] Xml, IReadOnlyList<(string Name, byte[] Content)> Files);

/// <summary>The envelope of a record that was encrypted on the phone (ODK XForms, "encrypted forms"): AES-256 in CFB mode for the files, the key closed by RSA-OAEP, and a digest over all that belongs
/// to it, closed the same way. The digest shows that nothing was lost or exchanged; it does not show who made it, since the public key is public.</summary>
internal sealed class PhoneEnvelope
{
    private const string Suffix = ".enc";

    private readonly string _formId;
    private readonly string? _version;
    private readonly string _closedKey;
    private readonly string _closedDigest;
    private readonly List<string> _media;
    private readonly string _xmlFile;

    private PhoneEnvelope(string formId, string? version, string instanceId, string closedKey, string closedDigest, List<string> media, string xmlFile) =>
        (_formId, _version, InstanceId, _closedKey, _closedDigest, _media, _xmlFile) = (formId, version, instanceId, closedKey, closedDigest, media, xmlFile);

    public string InstanceId { get; }

    /// <summary>Names of all files that belong to it, as they are posted.</summary>
    public IEnumerable<string> Files => _media.Append(_xmlFile);

    /// <summary>Whether bytes look like an envelope, without reading them whole.</summary>
    public static bool Looks(byte[] xml) => xml.AsSpan(0, Math.Min(xml.Length, 16 * 1024)).IndexOf("base64EncryptedKey"u8) >= 0;

    /// <summary>Reads an envelope by local names: clients do not agree on its namespace. None when something that it must have is missing.</summary>
    public static PhoneEnvelope? Read(byte[] xml)
    {
        using var stream = new MemoryStream(xml, writable: false);
        if (SafeXml.Parse(stream, SubmissionReader.Limits).Root is not { } root || root.Attribute("encrypted")?.Value != "yes" || root.Attribute("id")?.Value is not { Length: > 0 } form)
            return null;
        var instance = Child(root, "meta") is { } meta ? Child(meta, "instanceID")?.Value.Trim() : root.Attribute("instanceID")?.Value;
        var (key, digest, file) = (Child(root, "base64EncryptedKey")?.Value.Trim(), Child(root, "base64EncryptedElementSignature")?.Value.Trim(), Child(root, "encryptedXmlFile")?.Value.Trim());
        var media = root.Elements().Where(e => e.Name.LocalName == "media").Select(m => Child(m, "file")?.Value.Trim() ?? "").Where(n => n.Length > 0).ToList();
        // A file that is named a thousand times would be opened a thousand times.
        var once = file is not null && media.Append(file).Distinct(StringComparer.Ordinal).Count() == media.Count + 1;
        return instance is { Length: > 0 } && key is not null && digest is not null && file is { Length: > 0 } && once
            ? new PhoneEnvelope(form, root.Attribute("version")?.Value, instance, key, digest, media, file)
            : null;
    }

    /// <summary>Opens it with the private key; none when key, file or digest is wrong. Every failure looks the same, so that nobody learns from trying.</summary>
    public OpenedEnvelope? Open(RSA pair, IReadOnlyDictionary<string, byte[]> files)
    {
        try
        {
            if (OaepOpening.Open(pair, Convert.FromBase64String(_closedKey)) is not { Length: 32 } key)
                return null;
            var opened = Decrypt(key, files);
            CryptographicOperations.ZeroMemory(key);
            var digest = OaepOpening.Open(pair, Convert.FromBase64String(_closedDigest));
            return digest is not null && CryptographicOperations.FixedTimeEquals(digest, DigestOf(opened)) ? opened : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private OpenedEnvelope Decrypt(byte[] key, IReadOnlyDictionary<string, byte[]> files)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var iv = Md5([.. Encoding.UTF8.GetBytes(InstanceId), .. key]);
        var number = 0;
        byte[] Next(string name)
        {
            iv[number % iv.Length]++; // before each file one byte of the vector is raised, media first, the record last
            number++;
            return aes.DecryptCfb(files[name], iv, PaddingMode.PKCS7, feedbackSizeInBits: 128);
        }

        var media = _media.Select(name => (PlainName(name), Next(name))).ToList();
        return new OpenedEnvelope(Next(_xmlFile), media);
    }

    private byte[] DigestOf(OpenedEnvelope opened)
    {
        var lines = new StringBuilder().Append(_formId).Append('\n');
        if (_version is not null)
            lines.Append(_version).Append('\n');
        lines.Append(_closedKey).Append('\n').Append(InstanceId).Append('\n');
        foreach (var (name, content) in opened.Files.Append((PlainName(_xmlFile), opened.Xml)))
            lines.Append(name).Append("::").Append(Convert.ToHexStringLower(Md5(content))).Append('\n');
        return Md5(Encoding.UTF8.GetBytes(lines.ToString()));
    }

    private static string PlainName(string name) => name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;

    private static XElement? Child(XElement parent, string name) => parent.Elements().FirstOrDefault(e => e.Name.LocalName == name);

#pragma warning disable CA5351 // the format's own digest; secrecy rests on AES and RSA
    private static byte[] Md5(byte[] content) => MD5.HashData(content);
#pragma warning restore CA5351
}
