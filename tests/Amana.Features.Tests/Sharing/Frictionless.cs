using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Amana.Features.Tests.Sharing;

/// <summary>What the specifications of Data Package, Tabular Data Resource and Table Schema (v1), and HXL 1.1, ask of a package, each point as a sentence where it fails.</summary>
internal static partial class Frictionless
{
    private static readonly string[] Types = ["string", "number", "integer", "boolean", "date"];

    public static IReadOnlyList<string> Problems(JsonElement package, IReadOnlyDictionary<string, byte[]> files)
    {
        var problems = new List<string>();
        if (Text(package, "profile") != "tabular-data-package" || !Name().IsMatch(Text(package, "name")))
            problems.Add("the package's profile or name");
        foreach (var resource in package.GetProperty("resources").EnumerateArray())
            problems.AddRange(Problems(resource, files[Text(resource, "path")]).Select(p => $"{Text(resource, "name")}: {p}"));
        return problems;
    }

    private static IEnumerable<string> Problems(JsonElement resource, byte[] content)
    {
        if (Text(resource, "hash") != "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content)) || resource.GetProperty("bytes").GetInt32() != content.Length)
            yield return "hash or size are not the file's";
        var comment = resource.TryGetProperty("dialect", out var dialect) ? Text(dialect, "commentChar") : null;
        var lines = Encoding.UTF8.GetString(content).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(l => comment is null || !l.StartsWith(comment, StringComparison.Ordinal)).ToList();
        var fields = resource.GetProperty("schema").GetProperty("fields").EnumerateArray().ToList();
        if (!lines[0].Split(',').SequenceEqual(fields.Select(f => Text(f, "name"))))
            yield return "the heads are not the fields";
        foreach (var (field, index) in fields.Select((f, i) => (f, i)))
        {
            if (!Types.Contains(Text(field, "type")))
                yield return "a type that is none: " + Text(field, "name");
            if (field.TryGetProperty("hxl", out var tag) && !Hashtag().IsMatch(tag.GetString()!))
                yield return "no HXL hashtag: " + tag.GetString();
            if (field.TryGetProperty("constraints", out var constraints) && constraints.TryGetProperty("enum", out var codes))
            {
                var allowed = codes.EnumerateArray().Select(c => c.GetString()).ToHashSet();
                if (lines.Skip(1).Select(l => l.Split(',')[index].TrimStart('\'')).Any(v => v.Length > 0 && !allowed.Contains(v)))
                    yield return "a value outside its codes: " + Text(field, "name");
            }
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    [GeneratedRegex("^[a-z0-9._-]+$")]
    private static partial Regex Name();

    [GeneratedRegex("^#[a-z][a-z0-9_]*([+][a-z][a-z0-9_]*)*$")]
    private static partial Regex Hashtag();
}

/// <summary>Writes Bech32 (BIP 173), for keys that tests make.</summary>
internal static class Bech32
{
    private const string Letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    public static string Of(string prefix, byte[] content)
    {
        var bits = string.Concat(content.Select(b => Convert.ToString(b, 2).PadLeft(8, '0'))).PadRight((content.Length * 8 + 4) / 5 * 5, '0');
        List<int> values = [.. bits.Chunk(5).Select(c => Convert.ToInt32(new string(c), 2))];
        var sum = Polymod([.. prefix.Select(c => c >> 5), 0, .. prefix.Select(c => c & 31), .. values, 0, 0, 0, 0, 0, 0]) ^ 1;
        return prefix + "1" + string.Concat(values.Concat(Enumerable.Range(0, 6).Select(i => (int)((sum >> (5 * (5 - i))) & 31))).Select(v => Letters[v]));
    }

    private static uint Polymod(IEnumerable<int> values) => values.Aggregate(1u, static (sum, value) =>
    {
        var top = sum >> 25;
        sum = ((sum & 0x1ffffff) << 5) ^ (uint)value;
        uint[] generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
        for (var i = 0; i < 5; i++)
            sum ^= ((top >> i) & 1) == 1 ? generator[i] : 0;
        return sum;
    });
}
