using System.Buffers;
using System.Buffers.Binary;

namespace Amana.Domain.Records.Sounds;

/// <summary>WAV (RIFF): the format and the samples stay; lists of titles and authors, cues and broadcast notes go.</summary>
internal static class WaveFile
{
    internal static SoundContent? Read(ReadOnlySpan<byte> file)
    {
        var kept = new ArrayBufferWriter<byte>(file.Length);
        kept.Write(file[..12]);
        var (bytesPerSecond, samples, at) = (0u, 0u, 12);
        while (at + 8 <= file.Length && samples == 0)
        {
            var chunk = file.Slice(at, 4);
            // A recorder that was cut off leaves a length beyond the end of the file: what is there is what was recorded.
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]), (uint)(file.Length - at - 8));
            if (chunk.SequenceEqual("fmt "u8) && length >= 16 && bytesPerSecond == 0)
                bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 16)..]);
            if (chunk.SequenceEqual("data"u8))
                samples = (uint)length;
            if (chunk.SequenceEqual("fmt "u8) || chunk.SequenceEqual("data"u8))
                Keep(kept, file.Slice(at, 8 + length));
            at += 8 + length + (length & 1);
        }

        if (SoundFile.Seconds(samples, bytesPerSecond) is not { } seconds)
            return null;
        var clean = kept.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(clean.AsSpan(4), (uint)(clean.Length - 8));
        return new SoundContent("audio/wav", seconds, clean);
    }

    private static void Keep(ArrayBufferWriter<byte> kept, ReadOnlySpan<byte> chunk)
    {
        Span<byte> head = stackalloc byte[8];
        chunk[..4].CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)(chunk.Length - 8));
        kept.Write(head);
        kept.Write(chunk[8..]);
        if ((chunk.Length & 1) == 1)
            kept.Write<byte>([0]);
    }
}
