using System.Buffers.Binary;

namespace Amana.Features.Platform.Vault;

/// <summary>Seals a stream of any length in pieces, each bound to its place and to whether it is the last: none can be cut off, moved or left out without being found.</summary>
internal sealed class SealedWriter(Stream to, byte[] key, string context) : Stream
{
    internal const int Piece = 16384 * 4 - 4; // with its length it fills whole buckets
    private readonly byte[] _piece = new byte[Piece];
    private int _filled;
    private long _number;
    private bool _ended;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_filled == Piece)
                Put(last: false);
            var taken = Math.Min(buffer.Length, Piece - _filled);
            buffer[..taken].CopyTo(_piece.AsSpan(_filled));
            _filled += taken;
            buffer = buffer[taken..];
        }
    }

    /// <summary>Writes the last piece. Without it what was written is not whole, and is refused.</summary>
    public void End()
    {
        Put(last: true);
        _ended = true;
    }

    public override void Flush()
    {
        // A piece is written when it is full or the last.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    internal static string ContextOf(string context, long number, bool last) => $"{context}/{number}/{(last ? "last" : "more")}";

    private void Put(bool last)
    {
        if (_ended)
            throw new InvalidOperationException("The stream has ended.");
        var box = Box.Seal(key, _piece.AsSpan(0, _filled), ContextOf(context, _number++, last), last ? 1 : 0);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, box.Length);
        to.Write(length);
        to.Write(box);
        _filled = 0;
    }
}

/// <summary>Reads what <see cref="SealedWriter"/> wrote. Whatever is damaged, moved, or ends before its last piece is refused with <see cref="InvalidDataException"/>.</summary>
internal sealed class SealedReader(Stream from, byte[] key, string context) : Stream
{
    private const int Longest = SealedWriter.Piece + 256;
    private byte[] _piece = [];
    private int _read;
    private long _number;
    private bool _ended;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_read == _piece.Length && !_ended)
            Take();
        var taken = Math.Min(buffer.Length, _piece.Length - _read);
        _piece.AsSpan(_read, taken).CopyTo(buffer);
        _read += taken;
        return taken;
    }

    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Take()
    {
        Span<byte> length = stackalloc byte[4];
        if (from.ReadAtLeast(length, 4, throwOnEndOfStream: false) < 4 || BinaryPrimitives.ReadInt32BigEndian(length) is var size && size is < 1 or > Longest)
            throw Damaged();
        var box = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        if (from.ReadAtLeast(box, box.Length, throwOnEndOfStream: false) < box.Length)
            throw Damaged();
        try
        {
            var last = Box.KeyVersion(box) == 1;
            (_piece, _read, _ended) = (Box.Open(key, box, SealedWriter.ContextOf(context, _number++, last)), 0, last);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw Damaged();
        }
    }

    private static InvalidDataException Damaged() => new("The backup is damaged or was cut off.");
}
