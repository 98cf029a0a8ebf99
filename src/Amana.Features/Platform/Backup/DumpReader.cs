using System.Text.Json;

namespace Amana.Features.Platform.Backup;

/// <summary>A row of a dump: its table, the names of its columns, and its values in their order.</summary>
internal sealed record DumpedRow(string Table, IReadOnlyList<string> Columns, JsonElement Values)
{
    public JsonElement this[string column] => Values[Columns.ToList().IndexOf(column)];
}

/// <summary>Reads a dump line by line. One that ends too early, or counts other than it holds, is refused: half a backup is none.</summary>
internal static class DumpReader
{
    /// <exception cref="InvalidDataException">It is no dump, or only part of one.</exception>
    public static IEnumerable<DumpedRow> Rows(Stream from)
    {
        using var reader = new StreamReader(from);
        var (table, columns, count, ended) = ("", (IReadOnlyList<string>)[], 0L, false);
        while (reader.ReadLine() is { } line)
        {
            using var json = Parse(line);
            var root = json.RootElement;
            if (ended)
                throw Damaged();
            if (root.ValueKind == JsonValueKind.Array)
            {
                if (table.Length == 0 || root.GetArrayLength() != columns.Count)
                    throw Damaged();
                count++;
                yield return new DumpedRow(table, columns, root);
            }
            else if (root.TryGetProperty("table", out var named))
                (table, columns) = (named.GetString()!, [.. root.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)]);
            else if (root.TryGetProperty("rows", out var rows))
                ended = rows.GetInt64() == count ? true : throw Damaged();
            else
                throw Damaged();
        }

        if (!ended)
            throw Damaged();
    }

    private static JsonDocument Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            throw Damaged();
        }
    }

    private static InvalidDataException Damaged() => new("The backup is damaged or was cut off: it does not hold what it counts.");
}
