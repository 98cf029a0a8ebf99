using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.XForms;

namespace Amana.Features.Forms;

/// <summary>Finds the files that an XForm asks for: <c>jr://</c> addresses, lists that <c>search()</c> looks through, and the external choices (ODK XForms 1.0, "secondary instances" and "media").</summary>
public static partial class NeededFiles
{
    /// <summary>Collect's name for the external choices of a form.</summary>
    public const string Itemsets = "itemsets.csv";

    public static IReadOnlyList<NeededFile> Of(string xform)
    {
        if (SafeXml.Parse(xform).Root is not { } root)
            return [];
        var found = new List<NeededFile>();
        foreach (var element in root.DescendantsAndSelf())
        {
            foreach (var attribute in element.Attributes())
                Add(element, attribute, found);
            if (!element.HasElements && element.Value.StartsWith("jr://", StringComparison.Ordinal))
                AddAddress(element.Value, found);
        }

        return [.. found.DistinctBy(f => f.Name).OrderBy(f => f.Kind).ThenBy(f => f.Name, StringComparer.Ordinal)];
    }

    private static void Add(XElement element, XAttribute attribute, List<NeededFile> found)
    {
        if (attribute.Value.StartsWith("jr://", StringComparison.Ordinal))
            AddAddress(attribute.Value, found);
        else if (attribute.Name == "appearance" && Searched().Match(attribute.Value) is { Success: true } searched)
            found.Add(new NeededFile(searched.Groups["file"].Value is var name && name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? name : name + ".csv", NeededFileKind.List));
        else if (attribute.Name == "query" && element.Name.LocalName == "input")
            found.Add(new NeededFile(Itemsets, NeededFileKind.List));
    }

    /// <summary>The last part is the file's name; <c>jr://instance/…</c> is no file.</summary>
    private static void AddAddress(string address, List<NeededFile> found)
    {
        var parts = address["jr://".Length..].Split('/', 2);
        NeededFileKind? kind = parts[0] switch
        {
            "file" or "file-csv" => NeededFileKind.List,
            "images" => NeededFileKind.Picture,
            "audio" => NeededFileKind.Sound,
            "video" => NeededFileKind.Film,
            _ => null,
        };
        if (kind is { } known && parts.Length == 2 && parts[1].Split('/')[^1] is { Length: > 0 and <= 255 } name)
            found.Add(new NeededFile(name, known));
    }

    [GeneratedRegex(@"search\(\s*['""](?<file>[^'""]{1,200})['""]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Searched();
}

/// <summary>Reads a file that was given for a form: its type by its name, and whether its bytes are of that type.</summary>
public static class FileReading
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = "text/csv", [".xml"] = "application/xml", [".geojson"] = "application/geo+json", [".svg"] = "image/svg+xml",
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif", [".webp"] = "image/webp",
        [".mp3"] = "audio/mpeg", [".m4a"] = "audio/mp4", [".wav"] = "audio/wav", [".ogg"] = "audio/ogg", [".amr"] = "audio/amr",
        [".mp4"] = "video/mp4", [".3gp"] = "video/3gpp", [".webm"] = "video/webm",
    };

    /// <summary>The endings that forms may have, for the page's file field.</summary>
    public static string Endings { get; } = string.Join(',', Types.Keys);

    /// <summary>Refuses endings that no form needs, and bytes that are not what the ending says.</summary>
    public static Decision<AttachFile> Read(string name, byte[] content)
    {
        if (!Types.TryGetValue(Path.GetExtension(name), out var type))
            return new Refusal("form.file-type-unknown").At("Chosen").With("file", name);
        if (!IsWhatItSays(type, content))
            return new Refusal("form.file-is-something-else").At("Chosen").With("file", name);
        // Every phone of the activity gets it: where and by whom it was taken stays behind.
        return FileMetadata.Remove(content) is { } clean ? new AttachFile(name, type, Md5Of(clean), clean) : new Refusal("form.file-is-something-else").At("Chosen").With("file", name);
    }

#pragma warning disable CA5351 // OpenRosa announces files by MD5; it is a label there, not a safeguard
    public static string Md5Of(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));
#pragma warning restore CA5351

    /// <summary>The external choices as the file that phones read: every value quoted (RFC 4180).</summary>
    public static byte[] ItemsetsOf(ExternalChoices choices)
    {
        var text = new StringBuilder();
        foreach (var row in choices.Rows.Prepend(choices.Columns))
            text.AppendJoin(',', row.Select(v => '"' + v.Replace("\"", "\"\"", StringComparison.Ordinal) + '"')).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static bool IsWhatItSays(string type, byte[] content) => type switch
    {
        "text/csv" => IsText(content),
        "application/xml" or "image/svg+xml" => SafeXml.Parse(new MemoryStream(content, writable: false)).Document is not null,
        "application/geo+json" => IsJson(content),
        "image/png" => Begins(content, 0, 0x89, 0x50, 0x4E, 0x47),
        "image/jpeg" => Begins(content, 0, 0xFF, 0xD8, 0xFF),
        "image/gif" => Begins(content, 0, 0x47, 0x49, 0x46, 0x38),
        "image/webp" => Begins(content, 8, 0x57, 0x45, 0x42, 0x50),
        "audio/wav" => Begins(content, 8, 0x57, 0x41, 0x56, 0x45),
        "audio/ogg" => Begins(content, 0, 0x4F, 0x67, 0x67, 0x53),
        "audio/amr" => Begins(content, 0, 0x23, 0x21, 0x41, 0x4D, 0x52),
        "audio/mpeg" => Begins(content, 0, 0x49, 0x44, 0x33) || (content.Length > 1 && content[0] == 0xFF && (content[1] & 0xE0) == 0xE0),
        "video/webm" => Begins(content, 0, 0x1A, 0x45, 0xDF, 0xA3),
        _ => Begins(content, 4, 0x66, 0x74, 0x79, 0x70), // the ISO family of MP4 files
    };

    private static bool IsText(byte[] content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).IndexOf('\0', StringComparison.Ordinal) < 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsJson(byte[] content)
    {
        try
        {
            using var json = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 32 });
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Begins(byte[] content, int at, params ReadOnlySpan<byte> signature) => content.AsSpan(Math.Min(at, content.Length)).StartsWith(signature);
}
