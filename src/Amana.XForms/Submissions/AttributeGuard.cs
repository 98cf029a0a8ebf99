namespace Amana.XForms;

/// <summary>
/// Ends the reading of a submission that has very many equals signs, and so may have an element with very many attributes, which XML readers
/// compare with one another. It counts bytes as they pass, whatever the encoding makes of them.
/// </summary>
internal sealed class AttributeGuard(Stream inner) : Stream
{
    /// <summary>Far above what submissions hold: their answers are texts of elements.</summary>
    public const int MostEqualsSigns = 100_000;

    private int met;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        met += buffer[..read].Count((byte)'=');
        return met <= MostEqualsSigns ? read : throw new InvalidDataException("The submission has too many attributes.");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
