using System.Buffers;
using System.Buffers.Binary;

namespace Amana.Domain.Records.Sounds;

/// <summary>MP3 (ISO/IEC 11172-3 and 13818-3, layer III): frames of sound and nothing else; ID3 and APE tags, pictures of a cover and whatever stands between frames go.</summary>
internal static class MpegSound
{
    private static readonly int[] First = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
    private static readonly int[] Later = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
    private static readonly int[] Rates = [44100, 48000, 32000, 0];

    internal static SoundContent? Read(ReadOnlySpan<byte> file)
    {
        var kept = new ArrayBufferWriter<byte>(file.Length);
        var (at, frames, samples, rate, inStep) = (Behind(file), 0, 0ul, 0, false);
        while (at + 4 <= file.Length)
        {
            // One header can be chance; two at the right distance are not. Once in step, the last frame needs no other behind it.
            if (FrameAt(file, at) is not { } frame || (rate != 0 && frame.Rate != rate) || (!inStep && FrameAt(file, at + frame.Length) is null))
            {
                (at, inStep) = (at + 1, false);
                continue;
            }

            kept.Write(file.Slice(at, frame.Length));
            (at, inStep, rate, frames, samples) = (at + frame.Length, true, frame.Rate, frames + 1, samples + (ulong)frame.Samples);
        }

        return frames < 2 || SoundFile.Seconds(samples, (ulong)rate) is not { } seconds ? null : new SoundContent("audio/mpeg", seconds, kept.WrittenSpan.ToArray());
    }

    /// <summary>Where the sound begins: behind an ID3v2 tag, whose length has seven bits a byte.</summary>
    private static int Behind(ReadOnlySpan<byte> file) =>
        file.Length > 10 && file.StartsWith("ID3"u8)
            ? (int)Math.Min(file.Length, 10L + ((file[6] & 0x7F) << 21 | (file[7] & 0x7F) << 14 | (file[8] & 0x7F) << 7 | (file[9] & 0x7F)) + ((file[5] & 0x10) == 0 ? 0 : 10))
            : 0;

    private static Frame? FrameAt(ReadOnlySpan<byte> file, int at)
    {
        if (at + 4 > file.Length)
            return null;
        var head = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
        var (version, layer, rateCode) = (head >> 19 & 3, head >> 17 & 3, (int)(head >> 10 & 3));
        if (head >> 21 != 0x7FF || version == 1 || layer != 1)
            return null;
        var first = version == 3;
        var rate = Rates[rateCode] / (first ? 1 : version == 2 ? 2 : 4);
        var bits = (first ? First : Later)[head >> 12 & 15] * 1000;
        if (rate == 0 || bits == 0)
            return null;
        var length = ((first ? 144 : 72) * bits / rate) + (int)(head >> 9 & 1);
        return at + length > file.Length ? null : new Frame(length, rate, first ? 1152 : 576);
    }

    private readonly record struct Frame(int Length, int Rate, int Samples);
}
