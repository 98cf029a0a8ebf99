using System.Buffers.Binary;
using System.Text;
using Amana.Domain.Records.Pictures;
using CsCheck;

namespace Amana.Domain.Tests.Subjects;

/// <summary>Pictures made by hand: a few bytes that show something, with everything around them that tells more.</summary>
internal static class MadePicture
{
    public const string Told = "Exif\0\0GPS N3.117 E35.597 made-up-owner";
    public static readonly byte[] Coded = [0x11, 0x22, 0xFF, 0x00, 0x33, 0xFF, 0xD0, 0x44, 0x55];
    private static readonly byte[] Secret = Encoding.Latin1.GetBytes(Told);

    public static byte[] Jpeg(params byte[][] between) =>
    [
        0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 2, 2, .. Secret]), .. Segment(0xE1, Secret), .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Secret]), .. Segment(0xED, Secret),
        .. Segment(0xFE, Secret), .. Segment(0xE2, [.. "MPF\0"u8, .. Secret]), .. between.SelectMany(b => b), .. Segment(0xDB, new byte[65]), .. Segment(0xC0, [8, 0, 16, 0, 16, 1, 1, 0x11, 0]),
        .. Segment(0xC4, [0, .. new byte[16]]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), .. Coded, .. Segment(0xE1, Secret), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), .. Coded, 0xFF, 0xD9,
        0xFF, 0xD8, .. Segment(0xE1, Secret), 0xFF, 0xD9, // a second picture behind the first
    ];

    public static byte[] Png() =>
    [
        0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", new byte[13]), .. Chunk("eXIf", Secret), .. Chunk("iTXt", [.. "XML:com.adobe.xmp\0"u8, .. Secret]), .. Chunk("tEXt", Secret), .. Chunk("tIME", new byte[7]),
        .. Chunk("iCCP", Secret), .. Chunk("IDAT", Coded), .. Chunk("IEND", []), .. Secret,
    ];

    public static byte[] WebP()
    {
        byte[] body = [.. "WEBP"u8, .. Riff("VP8X", [0x2C | 0x10, 0, 0, 0, 15, 0, 0, 15, 0, 0]), .. Riff("ICCP", Secret), .. Riff("ALPH", [1]), .. Riff("VP8 ", Coded), .. Riff("EXIF", Secret), .. Riff("XMP ", Secret)];
        return [.. "RIFF"u8, .. Little(body.Length), .. body, .. Secret];
    }

    public static byte[] Gif() =>
    [
        .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6, 0x21, 0xFE, (byte)Secret.Length, .. Secret, 0, 0x21, 0xFF, 11, .. "XMP DataXMP"u8, (byte)Secret.Length, .. Secret, 0,
        0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0, 0x3B, .. Secret,
    ];

    /// <summary>A HEIF picture with an item of pixels and one of Exif, each where <c>iloc</c> says.</summary>
    public static byte[] Heic(string type = "Exif", int size = -1)
    {
        var length = size < 0 ? Secret.Length : size;
        byte[] Meta(int at) => Box("meta", [0, 0, 0, 0, .. Box("iinf", [0, 0, 0, 0, 0, 2, .. Item(1, "hvc1"), .. Item(2, type)]),
            .. Box("iloc", [0, 0, 0, 0, 0x44, 0, 0, 2, 0, 1, 0, 0, 0, 1, .. Big(at), .. Big(Coded.Length), 0, 2, 0, 0, 0, 1, .. Big(at + Coded.Length), .. Big(length)])]);
        byte[] brand = Box("ftyp", [.. "heic"u8, 0, 0, 0, 0, .. "mif1"u8]);
        return [.. brand, .. Meta(brand.Length + Meta(0).Length + 8), .. Box("mdat", [.. Coded, .. Secret])];
    }

    public static byte[] Mp4() =>
    [
        .. Box("ftyp", [.. "isom"u8, 0, 0, 0, 0]), .. Box("moov", [.. Box("trak", [.. Box("tkhd", new byte[20]), .. Box("udta", Secret)]), .. Box("udta", [.. Box("©xyz", Secret)]), .. Box("meta", Secret)]),
        .. Box("uuid", Secret), .. Box("mdat", Coded),
    ];

    public static IEnumerable<(string Kind, byte[] File)> All() => [("jpeg", Jpeg()), ("png", Png()), ("webp", WebP()), ("gif", Gif()), ("heic", Heic()), ("mp4", Mp4())];

    public static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Chunk(string type, byte[] body) => [.. Big(body.Length), .. Encoding.Latin1.GetBytes(type), .. body, 1, 2, 3, 4];

    private static byte[] Riff(string type, byte[] body) => [.. Encoding.Latin1.GetBytes(type), .. Little(body.Length), .. body, .. new byte[body.Length & 1]];

    private static byte[] Box(string type, byte[] body) => [.. Big(body.Length + 8), .. Encoding.Latin1.GetBytes(type), .. body];

    private static byte[] Item(byte id, string type) => Box("infe", [2, 0, 0, 0, 0, id, 0, 0, .. Encoding.Latin1.GetBytes(type), 0]);

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Little(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}

public sealed class A_picture_that_is_kept
{
    [Fact]
    public void Tells_nothing_but_what_is_to_be_seen_and_its_pixels_are_untouched()
    {
        foreach (var (kind, file) in MadePicture.All())
        {
            var clean = PictureMetadata.Remove(file)!;
            Assert.True(Encoding.Latin1.GetString(file).Contains("made-up-owner", StringComparison.Ordinal), kind);
            foreach (var word in new[] { "made-up-owner", "Exif", "GPS", "adobe.com", "XMP" })
                Assert.False(Encoding.Latin1.GetString(clean).Contains(word, StringComparison.Ordinal) && !(kind == "heic" && word == "Exif"), $"{kind} still says {word}"); // the name of an item of zeros
            if (kind != "gif")
                Assert.True(clean.AsSpan().IndexOf(MadePicture.Coded) > 0, kind + " lost its pixels");
            Assert.Equal(clean, PictureMetadata.Remove(clean)); // and nothing is left to take out
        }

        var gif = PictureMetadata.Remove(MadePicture.Gif())!;
        Assert.Equal([0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0, 0x3B], gif[^16..]);
    }

    /// <summary>Phones write pictures as the sensor lies and say how to turn them: that alone stays, or every portrait lies on its side.</summary>
    [Theory]
    [InlineData(6, true)]
    [InlineData(8, false)]
    [InlineData(3, true)]
    public void Stands_the_same_way_up(byte turn, bool little)
    {
        byte[] Word(int value) => little ? [(byte)value, (byte)(value >> 8)] : [(byte)(value >> 8), (byte)value];
        byte[] Long(int value) => little ? [.. Word(value), 0, 0] : [0, 0, .. Word(value)];
        byte[] exif =
        [
            .. "Exif\0\0"u8, .. little ? "II*\0"u8 : "MM\0*"u8, .. Long(8), .. Word(2), .. Word(0x010F), .. Word(2), .. Long(13), .. Long(60), .. Word(0x0112), .. Word(3), .. Long(1), .. Word(turn), 0, 0, .. Long(0),
            .. "made-up-owner"u8,
        ];
        var clean = PictureMetadata.Remove([0xFF, 0xD8, .. MadePicture.Segment(0xE1, exif), .. MadePicture.Jpeg()[2..]])!;
        Assert.Equal([0xE1, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xDA], Markers(clean).Where(m => m != 0xEE));
        Assert.DoesNotContain("made-up-owner", Encoding.Latin1.GetString(clean), StringComparison.Ordinal);
        Assert.Equal([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn], clean[22..32]);
        Assert.Equal(clean, PictureMetadata.Remove(clean));
    }

    [Fact]
    public void Has_tables_and_scans_alone_in_whatever_order_they_come() =>
        Gen.Select(Gen.Byte[0xE1, 0xEF], Gen.Byte.Array[0, 300]).Array[0, 6].Sample(extra =>
        {
            var clean = PictureMetadata.Remove(MadePicture.Jpeg([.. extra.Select(e => MadePicture.Segment(e.Item1, e.Item2))]))!;
            Assert.Equal([0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xDA], Markers(clean).Where(m => m != 0xEE));
        }, iter: 300);

    [Fact]
    public void Is_walked_to_its_end_whatever_is_changed_in_it()
    {
        var files = MadePicture.All().Select(f => f.File).ToArray();
        var iterations = Environment.GetEnvironmentVariable("AMANA_LONG") == "1" ? 500_000 : 6_000;
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte).Array[0, 6], Gen.Int[0, 1 << 20]).Sample((which, changes, cut) =>
        {
            var file = files[which].ToArray();
            foreach (var (at, value) in changes)
                file[at % file.Length] = value;
            if (cut % 3 == 0)
                file = file[..(cut % (file.Length + 1))];
            var clean = PictureMetadata.Remove(file);
            if (clean is null || ReferenceEquals(clean, file))
                return;
            Assert.True(clean.Length <= file.Length + 1); // a GIF that was broken off gets its last byte
            if (file is [0xFF, 0xD8, 0xFF, ..])
                Assert.DoesNotContain(Markers(clean), m => m is 0xFE or (>= 0xE1 and <= 0xEF and not 0xEE));
        }, iter: iterations);
    }

    [Theory]
    [InlineData(new byte[] { 0x49, 0x49, 0x2A, 0, 8, 0, 0, 0 })]
    [InlineData(new byte[] { 0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8 })]
    public void Is_none_of_a_kind_that_cannot_be_cleaned(byte[] file) => Assert.Null(PictureMetadata.Remove(file));

    [Fact]
    public void Is_none_whose_items_lie_where_the_file_is_not()
    {
        Assert.Null(PictureMetadata.Remove(MadePicture.Heic(size: 5000)));
        Assert.NotNull(PictureMetadata.Remove(MadePicture.Heic("mime")));
        Assert.Null(PictureMetadata.Remove(MadePicture.Heic()[..^5]));
    }

    [Fact]
    public void Is_not_made_of_other_files()
    {
        var text = "only words"u8.ToArray();
        Assert.Same(text, PictureMetadata.Remove(text));
    }

    /// <summary>The markers of a JPEG, read by themselves.</summary>
    private static List<byte> Markers(byte[] file)
    {
        var found = new List<byte>();
        for (var at = 2; at + 1 < file.Length;)
        {
            if (file[at] != 0xFF || file[at + 1] is 0x00 or 0xFF or (>= 0xD0 and <= 0xD7))
            {
                at++;
                continue;
            }

            if (file[at + 1] == 0xD9)
                break;
            found.Add(file[at + 1]);
            at += file[at + 1] == 0x01 || at + 3 >= file.Length ? 2 : 2 + ((file[at + 2] << 8) | file[at + 3]);
        }

        return found;
    }
}
