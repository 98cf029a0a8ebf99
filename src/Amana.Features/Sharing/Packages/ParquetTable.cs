using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Amana.Features.Sharing.Packages;

/// <summary>Writes the columns of a release as Parquet: whole numbers, decimals and days with their type, everything else as text. What is missing is missing.</summary>
internal static class ParquetTable
{
    private const int RowsInGroup = 1 << 18;

    public static async Task<byte[]> Write(PackedRelease release, CancellationToken cancellationToken)
    {
        var row = new DataField<string>("row");
        var fields = release.Columns.Select(Field).ToList();
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema([row, .. fields]), stream, cancellationToken: cancellationToken))
        {
            for (var start = 0; start < release.Rows.Count; start += RowsInGroup)
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync(row, (IReadOnlyCollection<string>)[.. release.Rows.Skip(start).Take(RowsInGroup)]);
                for (var i = 0; i < fields.Count; i++)
                    await WriteColumn(group, fields[i], release.Columns[i], [.. release.Columns[i].Values.Skip(start).Take(RowsInGroup)], cancellationToken);
            }
        }

        return stream.ToArray();
    }

    private static DataField Field(PackedColumn column) => column.Kind switch
    {
        ColumnKind.Whole => new DataField<long?>(column.Name),
        ColumnKind.Decimal => new DataField<double?>(column.Name),
        ColumnKind.Day => new DataField<DateTime?>(column.Name),
        _ => new DataField<string>(column.Name),
    };

    private static Task WriteColumn(ParquetRowGroupWriter group, DataField field, PackedColumn column, string?[] values, CancellationToken cancellationToken) => column.Kind switch
    {
        ColumnKind.Whole => group.WriteAsync<long>(field, Array.ConvertAll(values, v => v is null ? (long?)null : long.Parse(v, CultureInfo.InvariantCulture)), cancellationToken: cancellationToken),
        ColumnKind.Decimal => group.WriteAsync<double>(field, Array.ConvertAll(values, v => v is null ? (double?)null : double.Parse(v, CultureInfo.InvariantCulture)), cancellationToken: cancellationToken),
        ColumnKind.Day => group.WriteAsync<DateTime>(field, Array.ConvertAll(values, Day), cancellationToken: cancellationToken),
        _ => group.WriteAsync(field, (IReadOnlyCollection<string>)values!),
    };

    private static DateTime? Day(string? value) => value is null ? null : DateTime.SpecifyKind(DateTime.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
