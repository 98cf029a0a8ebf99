using System.Buffers;
using System.Buffers.Binary;

namespace Amana.Domain.Records.Pictures;

/// <summary>
/// Takes out of a picture what it tells besides what is to be seen: place, time, device, owner, captions, thumbnails (Exif, XMP, IPTC, comments, profiles, what hangs on behind its end).
/// No pixel is decoded and none is changed; the structure alone is walked, once, within the length of the file. JPEG, PNG, WebP and GIF are written anew from the parts that show
/// the picture; whatever is broken off is cut there. In HEIF and AVIF pictures, and MP4, MOV and 3GP films, such parts are overwritten where they stand. Serves DNH-1 and SEC-2: a
/// place in a photograph leads to the house of whoever took it.
/// </summary>
public static class PictureMetadata
{
    /// <summary>The file without it; the very same file where it is no picture or film; none for one that cannot be followed, or of a kind in which picture and metadata are one (TIFF, raw files of cameras).</summary>
    public static byte[]? Remove(byte[] content) => content switch
    {
        [0xFF, 0xD8, 0xFF, ..] => JpegFile.Clean(content),
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngFile.Clean(content),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebPFile.Clean(content),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => GifFile.Clean(content),
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => BoxFile.Clean(content),
        [0x49, 0x49, 0x2A or 0x2B, 0x00, ..] or [0x4D, 0x4D, 0x00, 0x2A or 0x2B, ..] => null,
        _ => content,
    };

    /// <summary>Whether it begins as a picture does (JPEG, PNG, WebP, GIF, or one of the box formats HEIF and AVIF, which films share).</summary>
    public static bool IsPicture(ReadOnlySpan<byte> content) => content
        is [0xFF, 0xD8, 0xFF, ..] or [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..]
        or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] or [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..];
}

/// <summary>JPEG (ITU-T T.81, annex B): tables, frames and scans stay; of the application segments JFIF, Adobe's colour transform and which way up it is alone, cut to what they must hold.</summary>
internal static class JpegFile
{
    internal static byte[] Clean(ReadOnlySpan<byte> file)
    {
        var kept = new ArrayBufferWriter<byte>(Math.Max(1, file.Length));
        kept.Write(file[..2]);
        var (at, turned) = (2, false);
        while (at + 1 < file.Length)
        {
            if (file[at] != 0xFF || file[at + 1] is 0xFF or 0x00)
            {
                at++; // filling between segments
                continue;
            }

            var marker = file[at + 1];
            if (marker is 0x01 or (>= 0xD0 and <= 0xD9))
            {
                kept.Write(file.Slice(at, 2));
                at += 2;
                if (marker == 0xD9)
                    break; // what comes behind is no part of the picture: second pictures, films, notes of the maker
                continue;
            }

            var length = at + 4 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]) : 0;
            if (length < 2 || at + 2 + length > file.Length)
                break;
            turned = turned || marker == 0xDA || Turn(kept, marker, file.Slice(at + 4, length - 2)); // once, and not within the picture
            Keep(kept, marker, file.Slice(at, 2 + length));
            at += 2 + length;
            if (marker == 0xDA)
                at += Scan(kept, file[at..]);
        }

        return kept.WrittenSpan.ToArray();
    }

    private static bool Turn(ArrayBufferWriter<byte> kept, byte marker, ReadOnlySpan<byte> body)
    {
        if (marker != 0xE1 || ExifTurn.Of(body) is not { } turn)
            return false;
        kept.Write(ExifTurn.Segment(turn));
        return true;
    }

    private static void Keep(ArrayBufferWriter<byte> kept, byte marker, ReadOnlySpan<byte> segment)
    {
        var body = segment[4..];
        if (marker is 0xC4 or 0xCC or (>= 0xC0 and <= 0xCF and not 0xC8) or 0xDA or 0xDB or 0xDC or 0xDD)
            kept.Write(segment);
        else if (marker == 0xE0 && body.Length >= 14 && body.StartsWith("JFIF\0"u8))
            kept.Write<byte>([0xFF, 0xE0, 0, 16, .. body[..12], 0, 0]); // without its thumbnail
        else if (marker == 0xEE && body.Length >= 12 && body.StartsWith("Adobe"u8))
            kept.Write<byte>([0xFF, 0xEE, 0, 14, .. body[..12]]);
    }

    /// <summary>The coded picture, as it is, up to the next marker; its length.</summary>
    private static int Scan(ArrayBufferWriter<byte> kept, ReadOnlySpan<byte> rest)
    {
        var end = 0;
        while (end < rest.Length && !(rest[end] == 0xFF && end + 1 < rest.Length && rest[end + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7))))
            end++;
        kept.Write(rest[..end]);
        return end;
    }
}

/// <summary>PNG (ISO/IEC 15948): the chunks that show the picture, each with its own checksum; it ends at IEND.</summary>
internal static class PngFile
{
    private static readonly HashSet<string> Shown = new(StringComparer.Ordinal) { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT" };

    internal static byte[] Clean(ReadOnlySpan<byte> file)
    {
        var kept = new ArrayBufferWriter<byte>(Math.Max(1, file.Length));
        kept.Write(file[..8]);
        var at = 8;
        while (at + 12 <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
                break;
            var type = System.Text.Encoding.Latin1.GetString(file.Slice(at + 4, 4));
            if (Shown.Contains(type))
                kept.Write(file.Slice(at, 12 + (int)length));
            at += 12 + (int)length;
            if (type == "IEND")
                break;
        }

        return kept.WrittenSpan.ToArray();
    }
}

/// <summary>GIF 89a: frames, their timing and the loop; comments, texts and other applications' blocks go.</summary>
internal static class GifFile
{
    internal static byte[] Clean(ReadOnlySpan<byte> file)
    {
        if (file.Length < 13)
            return file.ToArray();
        var kept = new ArrayBufferWriter<byte>(Math.Max(1, file.Length));
        var at = Math.Min(file.Length, 13 + TableOf(file[10]));
        kept.Write(file[..at]);
        while (at < file.Length)
        {
            var head = file[at] switch { 0x21 => 2, 0x2C when at + 10 <= file.Length => 10 + TableOf(file[at + 9]) + 1, _ => 0 };
            if (head == 0 || at + head > file.Length)
                break;
            var end = Blocks(file, at + head);
            if (end > file.Length)
                break;
            var application = file[at] == 0x21 && file[at + 1] == 0xFF && end - at > 14 && (file.Slice(at + 3, 11).SequenceEqual("NETSCAPE2.0"u8) || file.Slice(at + 3, 11).SequenceEqual("ANIMEXTS1.0"u8));
            if (file[at] == 0x2C || file[at + 1] == 0xF9 || (application && end - at == 19)) // the loop is 19 bytes; a longer block carries more
                kept.Write(file[at..end]);
            at = end;
        }

        kept.Write<byte>([0x3B]);
        return kept.WrittenSpan.ToArray();
    }

    private static int TableOf(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    /// <summary>Where a chain of blocks ends; beyond the file when it is broken off.</summary>
    private static int Blocks(ReadOnlySpan<byte> file, int at)
    {
        while (at < file.Length && file[at] != 0)
            at += file[at] + 1;
        return at + 1;
    }
}
