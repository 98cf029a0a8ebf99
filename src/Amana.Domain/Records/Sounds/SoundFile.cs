namespace Amana.Domain.Records.Sounds;

/// <summary>A sound as it was understood: its kind by its own bytes, how long it plays, and the bytes without what they tell besides what is to be heard.</summary>
public sealed record SoundContent(string ContentType, int Seconds, byte[] Content);

/// <summary>
/// Reads a sound file by its structure: WAV, MP3, Ogg (Opus and Vorbis), and MP4 files that hold sound alone (M4A). Nothing is decoded. Names, titles, places, programs, pictures and times (ID3, APE, RIFF lists,
/// Vorbis comments, user data of MP4) are left out of what comes back. A file that cannot be followed, of another kind, or whose length cannot be told, is none. Serves DNH-1: a file tells who spoke, and where.
/// </summary>
public static class SoundFile
{
    public static SoundContent? Read(byte[] content) => content switch
    {
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => WaveFile.Read(content),
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => OggFile.Read(content),
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => Mp4Sound.Read(content),
        [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, >= 0xE0, ..] => MpegSound.Read(content),
        _ => null,
    };

    /// <summary>Seconds, rounded up, of so many parts; none for nothing and for more than a day, which no file of ours is.</summary>
    internal static int? Seconds(ulong parts, ulong partsPerSecond) =>
        parts == 0 || partsPerSecond == 0 || parts / partsPerSecond > 86_400 ? null : (int)((parts + partsPerSecond - 1) / partsPerSecond);
}
