using System.Buffers.Binary;
using Amana.Domain.Records.Pictures;

namespace Amana.Domain.Records.Sounds;

/// <summary>MP4 files that hold sound alone (M4A): user data, foreign boxes and metadata become zeros as in films, and so do the times at which it was made. A film is refused.</summary>
internal static class Mp4Sound
{
    internal static SoundContent? Read(byte[] content)
    {
        if (BoxFile.Clean(content) is not { } file)
            return null;
        var found = new Found();
        return Walk(file, 0, file.Length, found) && found is { Sound: true, Picture: false } && SoundFile.Seconds(found.Duration, found.Scale) is { } seconds
            ? new SoundContent("audio/mp4", seconds, file)
            : null;
    }

    private static bool Walk(byte[] file, int start, int end, Found found)
    {
        for (var at = start; at < end;)
        {
            if (BoxFile.BoxAt(file, at, end) is not { } box || !Visit(file, box, found))
                return false;
            at = box.End;
        }

        return true;
    }

    private static bool Visit(byte[] file, Box box, Found found)
    {
        var body = file.AsSpan(box.Body, box.End - box.Body);
        if (box.Type is "moov" or "trak" or "mdia")
            return Walk(file, box.Body, box.End, found);
        if (box.Type == "hdlr" && body.Length >= 12)
            (found.Sound, found.Picture) = (found.Sound || body.Slice(8, 4).SequenceEqual("soun"u8), found.Picture || body.Slice(8, 4).SequenceEqual("vide"u8));
        if (box.Type is "mvhd" or "tkhd" or "mdhd" && body.Length >= 32)
        {
            var wide = body[0] == 1;
            body.Slice(4, wide ? 16 : 8).Clear();
            if (box.Type == "mvhd")
                (found.Scale, found.Duration) = wide
                    ? (BinaryPrimitives.ReadUInt32BigEndian(body[20..]), BinaryPrimitives.ReadUInt64BigEndian(body[24..]))
                    : (BinaryPrimitives.ReadUInt32BigEndian(body[12..]), BinaryPrimitives.ReadUInt32BigEndian(body[16..]));
        }

        return true;
    }

    private sealed class Found
    {
        public bool Sound { get; set; }
        public bool Picture { get; set; }
        public uint Scale { get; set; }
        public ulong Duration { get; set; }
    }
}
