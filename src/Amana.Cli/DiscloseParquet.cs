using System.Collections.Immutable;
using System.Globalization;
using Amana.Disclosure;
using Parquet;
using Parquet.Schema;

namespace Amana.Cli;

/// <summary>Parquet files as the command reads and writes them: plain columns of text, numbers, dates and yes or no.</summary>
internal static class DiscloseParquet
{
    private const int RowsInGroup = 1 << 18;

    public static bool IsParquet(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the file group by group, or only some of its columns. Refuses lists, structures and raw bytes among them.</summary>
    public static async Task<Microdata> Read(string path, ImmutableArray<string>? columns, CancellationToken cancellation)
    {
        await using var stream = InputFile.Open(path);
        try
        {
            await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancellation);
            var absent = columns?.FirstOrDefault(c => !reader.Schema.Fields.Any(f => f.Name == c));
            if (absent is not null)
                throw new RefusedException($"{path}: there is no column '{absent}'.");
            var read = new List<Column>();
            await Terminal.Counting($"Reading {Path.GetFileName(path)}", async count =>
            {
                var wished = reader.Schema.Fields.Where(f => columns?.Contains(f.Name) != false).ToArray();
                for (var i = 0; i < wished.Length; i++)
                {
                    read.Add(await ReadColumn(path, reader, wished[i], cancellation));
                    count(i + 1, wished.Length);
                }
            });
            var microdata = Microdata.FromColumns(read);
            return microdata.RowCount > 0 ? microdata : throw new RefusedException($"{path}: there are no records.");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ParquetException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            throw new RefusedException($"{path} is no Parquet file that can be read: {e.Message.Split('\n')[0]}");
        }
    }

    /// <summary>Writes columns whose every value is a whole or decimal number as numbers, others as text.</summary>
    public static async Task Write(Microdata microdata, Stream stream, CancellationToken cancellation)
    {
        var parts = microdata.Columns.Select(ParquetPart.Of).ToArray();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. parts.Select(p => p.Field)]), stream, cancellationToken: cancellation);
        for (var start = 0; start < microdata.RowCount; start += RowsInGroup)
        {
            using var group = writer.CreateRowGroup();
            var end = Math.Min(microdata.RowCount, start + RowsInGroup);
            for (var j = 0; j < parts.Length; j++)
                await parts[j].Write(group, microdata.Columns[j].Codes[start..end].ToArray(), cancellation);
        }
    }

    private static async Task<Column> ReadColumn(string path, ParquetReader reader, Field field, CancellationToken cancellation)
    {
        if (field is not DataField { IsArray: false } column)
            throw new RefusedException($"{path}: column '{field.Name}' holds lists or structures.");
        var values = new List<string?>();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            var rows = (int)group.RowCount;
            values.AddRange(column.ClrType switch
            {
                var t when t == typeof(string) || t == typeof(ReadOnlyMemory<char>) => await Texts(group, column, rows, cancellation),
                var t when t == typeof(bool) => await Of<bool>(group, column, rows, b => b ? "true" : "false", cancellation),
                var t when t == typeof(DateTime) => await Of<DateTime>(group, column, rows, Date, cancellation),
                var t when t == typeof(DateOnly) => await Of<DateOnly>(group, column, rows, d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cancellation),
                var t when t == typeof(int) => await Numbers<int>(group, column, rows, cancellation),
                var t when t == typeof(long) => await Numbers<long>(group, column, rows, cancellation),
                var t when t == typeof(short) => await Numbers<short>(group, column, rows, cancellation),
                var t when t == typeof(sbyte) => await Numbers<sbyte>(group, column, rows, cancellation),
                var t when t == typeof(byte) => await Numbers<byte>(group, column, rows, cancellation),
                var t when t == typeof(ushort) => await Numbers<ushort>(group, column, rows, cancellation),
                var t when t == typeof(uint) => await Numbers<uint>(group, column, rows, cancellation),
                var t when t == typeof(ulong) => await Numbers<ulong>(group, column, rows, cancellation),
                var t when t == typeof(Guid) => await Numbers<Guid>(group, column, rows, cancellation),
                var t when t == typeof(float) => await Numbers<float>(group, column, rows, cancellation),
                var t when t == typeof(double) => await Numbers<double>(group, column, rows, cancellation),
                var t when t == typeof(decimal) => await Numbers<decimal>(group, column, rows, cancellation),
                _ => throw new RefusedException($"{path}: column '{field.Name}' is of a kind that is not read ({column.ClrType.Name})."),
            });
        }

        return Column.FromValues(field.Name, values.Select(v => v is "" ? null : v));
    }

    private static async Task<string?[]> Texts(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellation)
    {
        var texts = new string?[rows];
        await group.ReadAsync(field, texts.AsMemory()!, cancellationToken: cancellation);
        return texts;
    }

    private static Task<IEnumerable<string?>> Numbers<T>(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellation)
        where T : struct, IFormattable => Of<T>(group, field, rows, n => n.ToString(null, CultureInfo.InvariantCulture), cancellation);

    private static async Task<IEnumerable<string?>> Of<T>(ParquetRowGroupReader group, DataField field, int rows, Func<T, string> inWords, CancellationToken cancellation)
        where T : struct
    {
        var known = new Dictionary<T, string>();
        string Text(T value) => known.TryGetValue(value, out var text) ? text : known[value] = inWords(value);
        if (!field.IsNullable)
        {
            var all = new T[rows];
            await group.ReadAsync(field, all.AsMemory(), cancellationToken: cancellation);
            return all.Select(v => (string?)Text(v)).ToArray();
        }

        var some = new T?[rows];
        await group.ReadAsync(field, some.AsMemory(), cancellationToken: cancellation);
        return some.Select(v => v is { } value ? Text(value) : null).ToArray();
    }

    private static string Date(DateTime date) =>
        date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}

/// <summary>One column on its way into a Parquet file: its categories once, its codes group by group.</summary>
internal sealed class ParquetPart
{
    private readonly string[] _texts;
    private readonly long[]? _whole;
    private readonly double[]? _decimal;

    private ParquetPart(DataField field, string[] texts, long[]? whole, double[]? numbers) => (Field, _texts, _whole, _decimal) = (field, texts, whole, numbers);

    public DataField Field { get; }

    public static ParquetPart Of(Column column)
    {
        string[] texts = [.. column.Categories];
        var whole = Array.ConvertAll(texts, t => long.TryParse(t, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n.ToString(CultureInfo.InvariantCulture) == t ? n : (long?)null);
        if (texts.Length > 0 && Array.TrueForAll(whole, n => n is not null))
            return new ParquetPart(new DataField<long?>(column.Name), texts, Array.ConvertAll(whole, n => n!.Value), null);
        var numbers = Array.ConvertAll(texts, t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n.ToString(CultureInfo.InvariantCulture) == t ? n : (double?)null);
        if (texts.Length > 0 && Array.TrueForAll(numbers, n => n is not null))
            return new ParquetPart(new DataField<double?>(column.Name), texts, null, Array.ConvertAll(numbers, n => n!.Value));
        return new ParquetPart(new DataField<string>(column.Name), texts, null, null);
    }

    public Task Write(ParquetRowGroupWriter group, int[] codes, CancellationToken cancellation)
    {
        if (_whole is not null)
            return group.WriteAsync<long>(Field, Array.ConvertAll(codes, c => c == Column.Missing ? (long?)null : _whole[c]), cancellationToken: cancellation);
        if (_decimal is not null)
            return group.WriteAsync<double>(Field, Array.ConvertAll(codes, c => c == Column.Missing ? (double?)null : _decimal[c]), cancellationToken: cancellation);
        return group.WriteAsync(Field, (IReadOnlyCollection<string>)Array.ConvertAll(codes, c => c == Column.Missing ? null : _texts[c])!);
    }
}
