using System.Buffers.Binary;

namespace Amana.Domain.Records.Pictures;

/// <summary>
/// Files made of boxes (ISO/IEC 14496-12): HEIF and AVIF pictures, MP4, MOV and 3GP films. Their parts are found by their place in the file, so nothing is moved: boxes of user data, of foreign makers and of metadata become
/// free space of zeros, and in a picture the items with Exif and XMP are overwritten with zeros.
/// </summary>
internal static class BoxFile
{
    private const int Deepest = 6;

    /// <summary>None when its boxes cannot be followed to the end.</summary>
    internal static byte[]? Clean(byte[] content)
    {
        var file = (byte[])content.Clone();
        var picture = IsPicture(file);
        return Walk(file, 0, file.Length, 0, picture) ? file : null;
    }

    /// <summary>Pictures name their kind among the brands.</summary>
    private static bool IsPicture(ReadOnlySpan<byte> file)
    {
        var end = (int)Math.Min((uint)file.Length, BinaryPrimitives.ReadUInt32BigEndian(file));
        for (var at = 8; at + 4 <= end; at += 4)
            if (file.Slice(at, 4) is var brand && (brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) || brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("avif"u8)))
                return true;
        return false;
    }

    private static bool Walk(byte[] file, int start, int end, int depth, bool picture)
    {
        for (var at = start; at < end;)
        {
            if (BoxAt(file, at, end) is not { } box || depth > Deepest)
                return false;
            if (!Visit(file, box, depth, picture))
                return false;
            at = box.End;
        }

        return true;
    }

    private static bool Visit(byte[] file, Box box, int depth, bool picture)
    {
        switch (box.Type)
        {
            case "moov" or "trak" or "mdia" or "minf" or "moof" or "traf":
                return Walk(file, box.Body, box.End, depth + 1, picture);
            case "meta" when picture && depth == 0:
                return PictureItems.Blank(file, box);
            case "udta" or "meta" or "uuid" or "free" or "skip":
                "free"u8.CopyTo(file.AsSpan(box.Start + 4));
                file.AsSpan(box.Body, box.End - box.Body).Clear();
                return true;
            default:
                return true;
        }
    }

    /// <summary>The box that begins there; none when it does not end within <paramref name="end"/>.</summary>
    internal static Box? BoxAt(ReadOnlySpan<byte> file, int at, int end)
    {
        if (at < 0 || end - at < 8)
            return null;
        long size = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
        var head = 8;
        if (size == 1)
        {
            if (end - at < 16)
                return null;
            (size, head) = ((long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(file[(at + 8)..]), long.MaxValue), 16);
        }
        else if (size == 0)
        {
            size = end - at; // to the end of what holds it
        }

        return size < head || size > end - at ? null : new Box(System.Text.Encoding.Latin1.GetString(file.Slice(at + 4, 4)), at, at + head, at + (int)size);
    }
}

/// <summary>A box: its type, where it begins, where its content begins and ends.</summary>
internal readonly record struct Box(string Type, int Start, int Body, int End);
