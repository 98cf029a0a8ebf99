using System.IO.Compression;
using System.Text;

namespace Amana.Features.Analysis.Export;

/// <summary>A file that tables are written into, row by row; nothing of it is kept in memory but what was not passed on yet.</summary>
internal interface IAnswerFile : IAsyncDisposable
{
    /// <summary>Begins a table; the one before is ended.</summary>
    void Begin(AnswerTable table);

    void Row(IReadOnlyList<string?> cells);

    /// <summary>Hands what was written so far to where it goes.</summary>
    ValueTask Pass(CancellationToken cancellationToken);
}

/// <summary>One table as comma-separated values.</summary>
internal sealed class CsvAnswers(Stream output) : IAnswerFile
{
    private readonly PassingStream _passing = new(output);
    private StreamWriter? _text;

    public void Begin(AnswerTable table)
    {
        _text = Text(_passing);
        CsvFile.Line(_text, table.Head);
    }

    public void Row(IReadOnlyList<string?> cells) => CsvFile.Line(_text!, cells);

    public async ValueTask Pass(CancellationToken cancellationToken) => await _passing.Pass(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_text is not null)
            await _text.DisposeAsync();
        await _passing.DisposeAsync();
    }

    /// <summary>With the mark by which spreadsheets know other scripts.</summary>
    internal static StreamWriter Text(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 32 * 1024, leaveOpen: true);
}

/// <summary>A ZIP file with one table of comma-separated values for the records and one for each repeat.</summary>
internal sealed class ZippedAnswers : IAnswerFile
{
    private readonly PassingStream _passing;
    private readonly ZipArchive _zip;
    private Stream? _entry;
    private StreamWriter? _text;

    public ZippedAnswers(Stream output)
    {
        _passing = new PassingStream(output);
        _zip = new ZipArchive(_passing, ZipArchiveMode.Create, leaveOpen: true);
    }

    public void Begin(AnswerTable table)
    {
        End();
        _entry = _zip.CreateEntry(table.Repeat is null ? "records.csv" : "records-" + table.Name + ".csv", CompressionLevel.Fastest).Open();
        _text = CsvAnswers.Text(_entry);
        CsvFile.Line(_text, table.Head);
    }

    public void Row(IReadOnlyList<string?> cells) => CsvFile.Line(_text!, cells);

    public ValueTask Pass(CancellationToken cancellationToken) => _passing.Pass(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        End();
        _zip.Dispose();
        await _passing.DisposeAsync();
    }

    private void End()
    {
        _text?.Dispose();
        _entry?.Dispose();
    }
}

/// <summary>A workbook with one sheet for the records and one for each repeat.</summary>
internal sealed class WorkbookAnswers : IAnswerFile
{
    private readonly PassingStream _passing;
    private readonly WorkbookWriter _workbook;

    public WorkbookAnswers(Stream output)
    {
        _passing = new PassingStream(output);
        _workbook = new WorkbookWriter(_passing);
    }

    public void Begin(AnswerTable table) => _workbook.Begin(table.Name, [table.Head], table.Kinds);

    public void Row(IReadOnlyList<string?> cells) => _workbook.Row(cells);

    public ValueTask Pass(CancellationToken cancellationToken) => _passing.Pass(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _workbook.Dispose();
        await _passing.DisposeAsync();
    }
}

/// <summary>Takes what is written at once and hands it on when asked, without holding a thread while the other side is slow: what packs files writes at once only.</summary>
internal sealed class PassingStream(Stream output) : Stream
{
    private readonly MemoryStream _waiting = new();

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Hands on what waits, once it is worth it.</summary>
    public async ValueTask Pass(CancellationToken cancellationToken)
    {
        if (_waiting.Length < 64 * 1024)
            return;
        await output.WriteAsync(_waiting.GetBuffer().AsMemory(0, (int)_waiting.Length), cancellationToken);
        _waiting.SetLength(0);
    }

    public override async ValueTask DisposeAsync()
    {
        await output.WriteAsync(_waiting.GetBuffer().AsMemory(0, (int)_waiting.Length));
        await output.FlushAsync();
        _waiting.SetLength(0);
        await base.DisposeAsync();
    }

    public override void Flush() { }
    public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer, offset, count);
    public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
