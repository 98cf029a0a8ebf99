using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>What to read from a delimited file, beyond what the file says itself.</summary>
public sealed record CsvWishes
{
    /// <summary>Separator and encoding, or null to find them out.</summary>
    public CsvForm? Form { get; init; }

    /// <summary>Only these columns (others are passed over without being kept), or null for all.</summary>
    public ImmutableArray<string>? Columns { get; init; }

    /// <summary>Texts that mean a missing value, besides the empty field.</summary>
    public ImmutableArray<string> MissingMarks { get; init; } = [];
}

/// <summary>Reads microdata from delimited text whose first record names the columns.</summary>
public static class CsvMicrodata
{
    private const int RowsBetweenReports = 16_384;

    /// <summary>
    /// Reads the whole stream. Separator and encoding are found out unless given; a stream that cannot go back is first taken into
    /// memory. Refuses an empty file, a column without a name or named twice, a wished column that is not there, and a record with
    /// more or fewer fields than there are names.
    /// </summary>
    /// <param name="stream">The text; read to its end, not closed.</param>
    /// <param name="wishes">What to read; everything by default.</param>
    /// <param name="progress">Told the number of rows read, now and then.</param>
    public static Answer<Microdata> Read(
        Stream stream, CsvWishes? wishes = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        wishes ??= new CsvWishes();
        using var held = stream.CanSeek ? null : Held(stream);
        var source = held ?? stream;
        var form = wishes.Form ?? CsvForm.Of(source);
        using var text = new StreamReader(source, form.Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true);
        return Read(new CsvRecords(text, form.Separator, form.Quote), wishes, progress, cancellation);
    }

    private static MemoryStream Held(Stream stream)
    {
        var held = new MemoryStream();
        stream.CopyTo(held);
        held.Position = 0;
        return held;
    }

    private static Answer<Microdata> Read(CsvRecords records, CsvWishes wishes, IProgress<int>? progress, CancellationToken cancellation)
    {
        if (!records.Next())
            return Refused(records.Fault ?? new Fault("csv.empty", 0, string.Empty));
        var names = Enumerable.Range(0, records.FieldCount).Select(i => records.Field(i).Trim().ToString()).ToArray();
        if (NameFault(names, wishes) is { } fault)
            return Refused(fault);
        var encoders = names.Select(n => wishes.Columns?.Contains(n, StringComparer.Ordinal) != false ? new ColumnEncoder(n) : null).ToArray();
        var rows = 0;
        while (records.Next())
        {
            if (records.FieldCount != names.Length)
                return Refused(new Fault("csv.uneven-row", records.Line, string.Empty));
            for (var i = 0; i < encoders.Length; i++)
                Take(encoders[i], records.Field(i), wishes.MissingMarks);
            if (++rows % RowsBetweenReports == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(rows);
            }
        }

        return records.Fault is { } stopped
            ? Refused(stopped)
            : new Answer<Microdata>.Given(Microdata.FromColumns(encoders.Where(e => e is not null).Select(e => e!.Build())));
    }

    private static void Take(ColumnEncoder? encoder, ReadOnlySpan<char> field, ImmutableArray<string> missingMarks)
    {
        if (encoder is null)
            return;
        var missing = field.IsEmpty;
        foreach (var mark in missingMarks)
            missing |= field.SequenceEqual(mark);
        if (missing)
            encoder.AddMissing();
        else
            encoder.Add(field);
    }

    private static Fault? NameFault(string[] names, CsvWishes wishes)
    {
        if (names.Any(string.IsNullOrEmpty))
            return new Fault("csv.unnamed-column", 1, string.Empty);
        var twice = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            return new Fault("csv.column-named-twice", 1, twice.Key);
        var absent = wishes.Columns?.FirstOrDefault(c => !names.Contains(c, StringComparer.Ordinal));
        return absent is null ? null : new Fault("csv.no-such-column", 1, absent);
    }

    private static Answer<Microdata>.Refused Refused(Fault fault) => new(fault);
}
