using System.Buffers;
using System.Buffers.Binary;

namespace Amana.Domain.Records.Pictures;

/// <summary>WebP (RFC 9649): the chunks that show the picture, and the flags of the header without those of Exif, XMP and profile.</summary>
internal static class WebPFile
{
    private const byte WithoutMetadata = 0xD3; // without the bits of profile, Exif and XMP

    internal static byte[] Clean(ReadOnlySpan<byte> file)
    {
        var kept = new ArrayBufferWriter<byte>(Math.Max(1, file.Length));
        kept.Write(file[..12]);
        Chunks(kept, file[12..], inFrame: false);
        var made = kept.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(made.AsSpan(4), (uint)(made.Length - 8));
        return made;
    }

    private static void Chunks(ArrayBufferWriter<byte> kept, ReadOnlySpan<byte> rest, bool inFrame)
    {
        while (rest.Length >= 8)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - 8)
                return;
            var body = rest.Slice(8, (int)length);
            Keep(kept, rest[..4], body, inFrame);
            var whole = 8 + body.Length + (body.Length & 1);
            rest = whole < rest.Length ? rest[whole..] : [];
        }
    }

    private static void Keep(ArrayBufferWriter<byte> kept, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body, bool inFrame)
    {
        if (type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8) || type.SequenceEqual("ALPH"u8) || (!inFrame && type.SequenceEqual("ANIM"u8)))
            Write(kept, type, body);
        else if (!inFrame && type.SequenceEqual("VP8X"u8) && body.Length >= 10)
            Write(kept, type, [(byte)(body[0] & WithoutMetadata), .. body[1..10]]);
        else if (!inFrame && type.SequenceEqual("ANMF"u8) && body.Length >= 16)
            Write(kept, type, Frame(body));
    }

    private static byte[] Frame(ReadOnlySpan<byte> body)
    {
        var frame = new ArrayBufferWriter<byte>(Math.Max(1, body.Length));
        frame.Write(body[..16]);
        Chunks(frame, body[16..], inFrame: true);
        return frame.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> kept, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)body.Length);
        kept.Write(type);
        kept.Write(length);
        kept.Write(body);
        if ((body.Length & 1) == 1)
            kept.Write<byte>([0]);
    }
}
