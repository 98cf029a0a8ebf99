using System.Buffers.Binary;

namespace Amana.XForms.Workbooks;

/// <summary>
/// Looks at the header of an old workbook (.xls, [MS-CFB] section 2.2) before anything reads it: its sectors must be of the sizes that
/// there are, and no table may claim more sectors than the file has, because readers set memory aside by what the header says.
/// </summary>
internal static class CompoundGuard
{
    private const int HeaderLength = 512;

    public static bool IsSound(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderLength || Short(file, 0x1C) != 0xFFFE)
            return false;
        var shift = Short(file, 0x1E);
        if ((Short(file, 0x1A), shift) is not ((3, 9) or (4, 12)) || Short(file, 0x20) != 6)
            return false;
        var sectors = (uint)(file.Length >> shift) + 1;
        return Number(file, 0x2C) <= sectors && Number(file, 0x40) <= sectors && Number(file, 0x48) <= sectors;
    }

    private static ushort Short(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);

    private static uint Number(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file[at..]);
}
