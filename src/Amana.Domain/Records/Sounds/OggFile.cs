using System.Buffers;
using System.Buffers.Binary;

namespace Amana.Domain.Records.Sounds;

/// <summary>
/// Ogg (RFC 3533) with one stream of Opus (RFC 7845) or Vorbis: the packet of comments is replaced by an empty one, pages behind it are numbered and summed anew. Files of several streams are refused.
/// </summary>
internal static class OggFile
{
    private const ulong NoTime = ulong.MaxValue;

    internal static SoundContent? Read(byte[] file)
    {
        var pages = Pages(file);
        if (pages.Count < 3 || pages.Any(p => p.Serial(file) != pages[0].Serial(file)))
            return null;
        var head = pages[0].Body(file);
        var opus = head.StartsWith("OpusHead"u8) && head.Length >= 19;
        if (!opus && !(head.StartsWith("\u0001vorbis"u8) && head.Length >= 30))
            return null;
        if (Headers(file, pages, opus ? 1 : 2) is not { } headers)
            return null;
        headers.Packets[0] = opus ? [.. "OpusTags"u8, 0, 0, 0, 0, 0, 0, 0, 0] : [.. "\u0003vorbis"u8, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        var last = pages.Skip(headers.Pages).Select(p => p.Time(file)).LastOrDefault(t => t != NoTime);
        var (before, rate) = opus ? (BinaryPrimitives.ReadUInt16LittleEndian(head[10..]), 48_000u) : (0u, BinaryPrimitives.ReadUInt32LittleEndian(head[12..]));
        return SoundFile.Seconds(last > before ? last - before : 0, rate) is { } seconds ? new SoundContent("audio/ogg", seconds, Write(file, pages, headers)) : null;
    }

    /// <summary>Whole pages up to the first that is broken off; what hangs on behind goes.</summary>
    private static List<Page> Pages(ReadOnlySpan<byte> file)
    {
        var pages = new List<Page>();
        for (var at = 0; at + 27 <= file.Length && file[at..].StartsWith("OggS\0"u8);)
        {
            int segments = file[at + 26];
            if (at + 27 + segments > file.Length)
                break;
            var body = 0;
            foreach (var lace in file.Slice(at + 27, segments))
                body += lace;
            if (at + 27 + segments + body > file.Length)
                break;
            pages.Add(new Page(at, segments, body));
            at += 27 + segments + body;
        }

        return pages;
    }

    /// <summary>The header packets behind the first, and how many pages they take with it; none when sound begins on the same page, which both formats forbid.</summary>
    private static HeaderPackets? Headers(ReadOnlySpan<byte> file, List<Page> pages, int count)
    {
        var packets = new List<byte[]>();
        var open = new ArrayBufferWriter<byte>();
        for (var p = 1; p < pages.Count; p++)
        {
            var at = pages[p].At + 27 + pages[p].Segments;
            foreach (var lace in file.Slice(pages[p].At + 27, pages[p].Segments))
            {
                if (packets.Count == count)
                    return null;
                open.Write(file.Slice(at, lace));
                at += lace;
                if (lace == 255)
                    continue;
                packets.Add(open.WrittenSpan.ToArray());
                open.Clear();
            }

            if (packets.Count == count)
                return new HeaderPackets(packets, p + 1);
        }

        return null;
    }

    private static byte[] Write(ReadOnlySpan<byte> file, List<Page> pages, HeaderPackets headers)
    {
        var kept = new ArrayBufferWriter<byte>(file.Length);
        var serial = pages[0].Serial(file);
        Put(kept, file.Slice(pages[0].At, pages[0].Length), 0);
        var number = 1u;
        List<byte> laces = [.. headers.Packets.SelectMany(p => Enumerable.Repeat((byte)255, p.Length / 255).Append((byte)(p.Length % 255)))];
        var body = headers.Packets.SelectMany(p => p).ToArray();
        for (var (lace, at) = (0, 0); lace < laces.Count;)
        {
            var part = laces.Skip(lace).Take(255).ToArray();
            var length = part.Sum(l => l);
            byte[] page = [.. "OggS\0"u8, (byte)(lace > 0 && laces[lace - 1] == 255 ? 1 : 0), .. new byte[20], (byte)part.Length, .. part, .. body.AsSpan(at, length)];
            // A page on which no packet ends has no time.
            BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(6), part.All(l => l == 255) ? NoTime : 0);
            BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(14), serial);
            Put(kept, page, number++);
            (lace, at) = (lace + part.Length, at + length);
        }

        foreach (var page in pages.Skip(headers.Pages))
            Put(kept, file.Slice(page.At, page.Length), number++);
        return kept.WrittenSpan.ToArray();
    }

    private static void Put(ArrayBufferWriter<byte> kept, ReadOnlySpan<byte> page, uint number)
    {
        var copy = page.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(18), number);
        BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(22), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(22), Sum(copy));
        kept.Write(copy);
    }

    /// <summary>The checksum of RFC 3533: polynomial 04C11DB7, from zero, not reflected.</summary>
    private static uint Sum(ReadOnlySpan<byte> page)
    {
        var sum = 0u;
        foreach (var b in page)
        {
            sum ^= (uint)b << 24;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 0x80000000) == 0 ? sum << 1 : sum << 1 ^ 0x04C11DB7;
        }

        return sum;
    }

    private sealed record HeaderPackets(List<byte[]> Packets, int Pages);

    private readonly record struct Page(int At, int Segments, int BodyLength)
    {
        public int Length => 27 + Segments + BodyLength;

        public uint Serial(ReadOnlySpan<byte> file) => BinaryPrimitives.ReadUInt32LittleEndian(file[(At + 14)..]);

        public ulong Time(ReadOnlySpan<byte> file) => BinaryPrimitives.ReadUInt64LittleEndian(file[(At + 6)..]);

        public ReadOnlySpan<byte> Body(ReadOnlySpan<byte> file) => file.Slice(At + 27 + Segments, BodyLength);
    }
}
