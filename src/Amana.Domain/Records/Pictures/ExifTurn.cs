using System.Buffers.Binary;

namespace Amana.Domain.Records.Pictures;

/// <summary>The one thing of a picture's Exif that shows: which way up it is (Exif 3.0, 4.6.5, tag 274; TIFF 6.0, section 2). It is read, and written anew by itself.</summary>
internal static class ExifTurn
{
    private const ushort Orientation = 0x0112;
    private const ushort Short = 3;

    /// <summary>How the picture has to be turned or mirrored to stand upright, 2 to 8; none where it stands already, or where nothing sound says so.</summary>
    /// <param name="body">Of the application segment, behind its length.</param>
    public static byte? Of(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith("Exif\0\0"u8) || body.Length < 6 + 8 + 2)
            return null;
        var tiff = body[6..];
        var little = tiff.StartsWith("II*\0"u8);
        if (!little && !tiff.StartsWith("MM\0*"u8))
            return null;
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
            return null;
        var count = Word(tiff[(int)directory..], little);
        for (var (entry, at) = (0, (int)directory + 2); entry < count && at + 12 <= tiff.Length; entry++, at += 12)
            if (Word(tiff[at..], little) == Orientation && Word(tiff[(at + 2)..], little) == Short)
                return Word(tiff[(at + 8)..], little) is >= 2 and <= 8 and var turn ? (byte)turn : null;
        return null;
    }

    /// <summary>An application segment that says this and nothing else.</summary>
    public static byte[] Segment(byte turn) =>
    [
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, Orientation >> 8, Orientation & 0xFF, 0, (byte)Short, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0,
    ];

    private static ushort Word(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
}
