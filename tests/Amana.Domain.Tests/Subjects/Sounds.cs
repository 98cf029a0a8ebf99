using System.Buffers.Binary;
using System.Text;
using Amana.Domain.Consent;
using Amana.Domain.Records.Sounds;
using CsCheck;

namespace Amana.Domain.Tests.Subjects;

/// <summary>Sounds made by hand: a few frames, with everything around them that tells more.</summary>
internal static class MadeSound
{
    public const string Told = "made-up-speaker at N3.117 E35.597";
    private static readonly byte[] Secret = Encoding.Latin1.GetBytes(Told);

    /// <summary>Two seconds at 8,000 bytes a second.</summary>
    public static byte[] Wave()
    {
        byte[] format = [1, 0, 1, 0, .. Little(8000), .. Little(8000), 1, 0, 8, 0];
        byte[] body = [.. "WAVE"u8, .. "LIST"u8, .. Little(Secret.Length + 1), .. Secret, 0, .. "fmt "u8, .. Little(format.Length), .. format, .. "data"u8, .. Little(16_000), .. new byte[16_000], .. "id3 "u8, .. Little(Secret.Length), .. Secret];
        return [.. "RIFF"u8, .. Little(body.Length), .. body];
    }

    /// <summary>MPEG-1 layer III, 32 kbit/s at 32 kHz: 144 bytes and 1,152 samples a frame, 28 of them a second.</summary>
    public static byte[] Mpeg(int frames)
    {
        byte[] frame = [0xFF, 0xFB, 0x18, 0xC0, .. new byte[140]];
        return [.. "ID3"u8, 3, 0, 0, 0, 0, 0, (byte)Secret.Length, .. Secret, .. Enumerable.Repeat(frame, frames).SelectMany(f => f), .. "APETAGEX"u8, .. Secret, .. "TAG"u8, .. Secret, .. new byte[60]];
    }

    /// <summary>Three seconds of Opus, or of Vorbis at 8 kHz.</summary>
    public static byte[] Ogg(bool opus, ulong last = 0)
    {
        byte[] head = opus ? [.. "OpusHead"u8, 1, 1, 0x38, 1, .. Little(48_000), 0, 0, 0] : [.. "\u0001vorbis"u8, 0, 0, 0, 0, 1, .. Little(8000), .. new byte[12], 0xB8, 1];
        byte[] comments = [.. opus ? "OpusTags"u8 : "\u0003vorbis"u8, .. Little(Secret.Length), .. Secret, .. Little(1), .. Little(Secret.Length), .. Secret, .. new byte[opus ? 300 : 1]];
        byte[] setup = [.. "\u0005vorbis"u8, .. Enumerable.Repeat((byte)7, 600)];
        byte[][] headers = opus ? [comments] : [comments, setup];
        return
        [
            .. Page(2, 0, 0, [head]), .. Page(0, 0, 1, headers), .. Page(0, last == 0 ? (opus ? 96_000ul : 16_000) : last, 2, [[1, 2, 3]]), .. Page(4, last == 0 ? (opus ? 144_312ul : 24_000) : last, 3, [[4, 5, 6]]), .. Secret,
        ];
    }

    /// <summary>Four seconds; a film where a picture is asked for.</summary>
    public static byte[] Mp4(bool film = false)
    {
        byte[] header = [0, 0, 0, 0, .. Big(3_900_000_000), .. Big(3_900_000_001), .. Big(1000), .. Big(4000), .. new byte[80]];
        byte[] media = [.. Box("mdhd", [0, 0, 0, 0, .. Big(3_900_000_000), .. Big(3_900_000_001), .. Big(1000), .. Big(4000), 0, 0, 0, 0, .. new byte[8]]), .. Box("hdlr", [0, 0, 0, 0, 0, 0, 0, 0, .. film ? "vide"u8 : "soun"u8, .. new byte[13]])];
        return [.. Box("ftyp", [.. "M4A "u8, 0, 0, 0, 0]), .. Box("moov", [.. Box("mvhd", header), .. Box("trak", Box("mdia", media)), .. Box("udta", Secret)]), .. Box("mdat", [9, 9, 9])];
    }

    private static byte[] Page(byte flags, ulong time, uint number, byte[][] packets)
    {
        byte[] laces = [.. packets.SelectMany(p => Enumerable.Repeat((byte)255, p.Length / 255).Append((byte)(p.Length % 255)))];
        byte[] page = [.. "OggS\0"u8, flags, .. BitConverter.GetBytes(time), .. Little(77), .. BitConverter.GetBytes(number), 0, 0, 0, 0, (byte)laces.Length, .. laces, .. packets.SelectMany(p => p)];
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(22), MadeSound.Sum(page));
        return page;
    }

    /// <summary>The checksum of RFC 3533, read once more from its words.</summary>
    public static uint Sum(byte[] page)
    {
        var sum = 0u;
        foreach (var bit in page.SelectMany(b => Enumerable.Range(0, 8).Select(i => (uint)(b >> (7 - i)) & 1)))
            sum = (sum << 1) ^ (((sum >> 31) ^ bit) == 1 ? 0x04C11DB7u : 0);
        return sum;
    }

    private static byte[] Box(string type, byte[] body) => [.. Big((uint)body.Length + 8), .. Encoding.Latin1.GetBytes(type), .. body];

    private static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Little(int value) => BitConverter.GetBytes(value);
}

public class A_sound
{
    private static readonly (string Type, int Seconds, byte[] File)[] All =
    [
        ("audio/wav", 2, MadeSound.Wave()), ("audio/mpeg", 4, MadeSound.Mpeg(100)), ("audio/ogg", 3, MadeSound.Ogg(opus: true)), ("audio/ogg", 3, MadeSound.Ogg(opus: false)), ("audio/mp4", 4, MadeSound.Mp4()),
    ];

    [Fact]
    public void Is_known_by_its_bytes_says_how_long_it_plays_and_tells_nothing_else()
    {
        foreach (var (type, seconds, file) in All)
        {
            Assert.Contains(MadeSound.Told, Encoding.Latin1.GetString(file), StringComparison.Ordinal);
            var sound = SoundFile.Read(file);
            Assert.NotNull(sound);
            Assert.Equal((type, seconds), (sound.ContentType, sound.Seconds));
            Assert.DoesNotContain("speaker", Encoding.Latin1.GetString(sound.Content), StringComparison.Ordinal);
            Assert.Equal(sound.Content, SoundFile.Read(sound.Content)!.Content); // what is clean stays as it is
        }

        Assert.DoesNotContain(3_900_000_000u, Enumerable.Range(0, MadeSound.Mp4().Length - 3).Select(i => BinaryPrimitives.ReadUInt32BigEndian(SoundFile.Read(MadeSound.Mp4())!.Content.AsSpan(i))));
    }

    [Fact]
    public void Keeps_every_frame_and_pages_that_players_accept()
    {
        Assert.Equal(100 * 144, SoundFile.Read(MadeSound.Mpeg(100))!.Content.Length);
        var ogg = SoundFile.Read(MadeSound.Ogg(opus: false))!.Content;
        var numbers = new List<uint>();
        for (var at = 0; at < ogg.Length;)
        {
            var length = 27 + ogg[at + 26] + ogg.AsSpan(at + 27, ogg[at + 26]).ToArray().Sum(l => l);
            var page = ogg.AsSpan(at, length).ToArray();
            var said = BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(22));
            page.AsSpan(22, 4).Clear();
            Assert.Equal(said, MadeSound.Sum(page));
            numbers.Add(BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(18)));
            at += length;
        }

        Assert.Equal([0u, 1, 2, 3], numbers);
        Assert.True(ogg.AsSpan().IndexOf("\u0005vorbis"u8) > 0);
    }

    [Fact]
    public void Is_none_when_it_is_something_else()
    {
        Assert.Null(SoundFile.Read(MadeSound.Mp4(film: true)));
        Assert.Null(SoundFile.Read(Encoding.ASCII.GetBytes("<svg onload='x'/>")));
        Assert.Null(SoundFile.Read([0xFF, 0xFB, 0x18, 0xC0, 1, 2, 3]));
        Assert.Null(SoundFile.Read([]));
        Assert.Null(SoundFile.Read(MadeSound.Ogg(opus: true, last: ulong.MaxValue))); // its length cannot be told
    }

    [Fact]
    public void Broken_anywhere_never_breaks_the_reader() =>
        Gen.Select(Gen.Int[0, All.Length - 1], Gen.Int[0, 20_000], Gen.Int[0, 20_000], Gen.Byte).Sample((which, cut, at, value) =>
        {
            var sound = All[which];
            var file = sound.File[..(cut % (sound.File.Length + 1))];
            if (file.Length > 0)
                file[at % file.Length] = value;
            return SoundFile.Read(file) is not { } read || read.Content.Length <= sound.File.Length + 64;
        }, iter: 2_000);
}

public class A_notice_read_aloud
{
    private static readonly NoticeRecording Voice = new("a1", "audio/ogg", 5_000, 40);

    [Fact]
    public void Is_bound_into_the_version_that_consents_name()
    {
        var words = GivenPlans.Notice().Content;
        var spoken = words with { Recordings = new SortedDictionary<string, NoticeRecording> { ["en"] = Voice } };
        Assert.NotEqual(ConsentRules.HashOf(words), ConsentRules.HashOf(spoken));
        Assert.NotEqual(ConsentRules.HashOf(spoken), ConsentRules.HashOf(words with { Recordings = new SortedDictionary<string, NoticeRecording> { ["en"] = Voice with { Sha256 = "a2" } } }));
    }

    [Fact]
    public void Falls_away_with_the_words_that_it_says()
    {
        var spoken = GivenPlans.Notice().Content with { Recordings = new SortedDictionary<string, NoticeRecording> { ["en"] = Voice } };
        Assert.Contains("en", ConsentRules.StillSaid(spoken, "en", spoken.Texts["en"]));
        Assert.DoesNotContain("en", ConsentRules.StillSaid(spoken, "en", spoken.Texts["en"] with { Purpose = "Something else" }));
        Assert.Contains("en", ConsentRules.StillSaid(spoken, "ar", new NoticeText()));
    }
}
