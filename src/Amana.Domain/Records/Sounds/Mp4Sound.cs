using System.Buffers.Binary;
using Amana.Domain.Records.Pictures;

namespace Amana.Domain.Records.Sounds;

/// <summary>MP4 files that hold sound alone (M4A): user data, foreign boxes and metadata become zeros as in films, and so do the times at which it was made. A film is refused.</summary>
internal static class Mp4Sound
{
    internal static SoundContent? Read(byte[] content) =>
        BoxFile.Clean(content) is { } file && Walk(file, 0, file.Length, default) is { Sound: true, Picture: false } found && SoundFile.Seconds(found.Duration, found.Scale) is { } seconds
            ? new SoundContent("audio/mp4", seconds, file)
            : null;

    /// <summary>What the boxes tell, with their times overwritten; none where they cannot be followed.</summary>
    private static Found? Walk(byte[] file, int start, int end, Found found)
    {
        for (var at = start; at < end;)
        {
            if (BoxFile.BoxAt(file, at, end) is not { } box || Visit(file, box, found) is not { } next)
                return null;
            (at, found) = (box.End, next);
        }

        return found;
    }

    private static Found? Visit(byte[] file, Box box, Found found)
    {
        var body = file.AsSpan(box.Body, box.End - box.Body);
        if (box.Type is "moov" or "trak" or "mdia")
            return Walk(file, box.Body, box.End, found);
        if (box.Type == "hdlr" && body.Length >= 12)
            return found with { Sound = found.Sound || body.Slice(8, 4).SequenceEqual("soun"u8), Picture = found.Picture || body.Slice(8, 4).SequenceEqual("vide"u8) };
        if (box.Type is not ("mvhd" or "tkhd" or "mdhd") || body.Length < 32)
            return found;
        var wide = body[0] == 1;
        body.Slice(4, wide ? 16 : 8).Clear();
        return box.Type != "mvhd" ? found
            : wide ? found with { Scale = BinaryPrimitives.ReadUInt32BigEndian(body[20..]), Duration = BinaryPrimitives.ReadUInt64BigEndian(body[24..]) }
            : found with { Scale = BinaryPrimitives.ReadUInt32BigEndian(body[12..]), Duration = BinaryPrimitives.ReadUInt32BigEndian(body[16..]) };
    }

    private readonly record struct Found(bool Sound, bool Picture, uint Scale, ulong Duration);
}
