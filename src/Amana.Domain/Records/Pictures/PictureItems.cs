using System.Buffers.Binary;

namespace Amana.Domain.Records.Pictures;

/// <summary>The items of a picture in boxes (ISO/IEC 23008-12): those that are no picture (Exif, XMP and other texts) are overwritten with zeros where they lie.</summary>
internal static class PictureItems
{
    /// <summary>False when an item cannot be found, so that nothing is promised that was not done.</summary>
    internal static bool Blank(byte[] file, Box meta)
    {
        if (meta.End - meta.Body < 4)
            return false;
        Box? infos = null, places = null, data = null;
        for (var at = meta.Body + 4; at < meta.End;)
        {
            if (BoxFile.BoxAt(file, at, meta.End) is not { } box)
                return false;
            (infos, places, data) = box.Type switch { "iinf" => (box, places, data), "iloc" => (infos, box, data), "idat" => (infos, places, box), _ => (infos, places, data) };
            if (box.Type is "uuid" or "free" or "skip")
                file.AsSpan(box.Body, box.End - box.Body).Clear();
            at = box.End;
        }

        return infos is { } i && places is { } p && Texts(file, i) is { } texts && new Reader(file, p.Body, p.End).BlankAll(texts, data);
    }

    /// <summary>Ids of the items that are no picture; none when the list is broken.</summary>
    private static HashSet<uint>? Texts(ReadOnlySpan<byte> file, Box infos)
    {
        var found = new HashSet<uint>();
        if (infos.End - infos.Body < 8)
            return null;
        for (var at = infos.Body + (file[infos.Body] == 0 ? 6 : 8); at < infos.End;)
        {
            if (BoxFile.BoxAt(file, at, infos.End) is not { Type: "infe" } item || item.End - item.Body < 12 || file[item.Body] is not (2 or 3))
                return null;
            var wide = file[item.Body] == 3;
            if (item.End - item.Body < (wide ? 14 : 12))
                return null;
            var id = wide ? BinaryPrimitives.ReadUInt32BigEndian(file[(item.Body + 4)..]) : BinaryPrimitives.ReadUInt16BigEndian(file[(item.Body + 4)..]);
            var type = file.Slice(item.Body + (wide ? 10 : 8), 4);
            if (type.SequenceEqual("Exif"u8) || type.SequenceEqual("mime"u8) || type.SequenceEqual("uri "u8))
                found.Add(id);
            at = item.End;
        }

        return found;
    }

    /// <summary>Reads the list of places (<c>iloc</c>) from front to back.</summary>
    private sealed class Reader(byte[] file, int at, int end)
    {
        private int _at = at;
        private bool _whole = true;

        internal bool BlankAll(HashSet<uint> texts, Box? data)
        {
            var version = Number(1);
            Number(3);
            var sizes = Number(2);
            var (offset, length, start, index) = ((int)(sizes >> 12) & 15, (int)(sizes >> 8) & 15, (int)(sizes >> 4) & 15, (int)sizes & 15);
            var count = Number(version < 2 ? 2 : 4);
            for (ulong i = 0; i < count && _whole; i++)
            {
                var id = (uint)Number(version < 2 ? 2 : 4);
                var method = version == 0 ? 0 : Number(2) & 15;
                Number(2);
                var from = Number(start);
                var extents = Number(2);
                for (ulong e = 0; e < extents && _whole; e++)
                {
                    if (version > 0)
                        Number(index);
                    var (first, size) = (Number(offset), Number(length));
                    if (_whole && texts.Contains(id) && !Blank(method, from, first, size, data))
                        return false;
                }
            }

            return _whole && version <= 2;
        }

        private bool Blank(ulong method, ulong from, ulong first, ulong size, Box? data)
        {
            var (low, high) = method switch { 0 => (0, file.Length), 1 when data is { } d => (d.Body, d.End), _ => (0, 0) };
            var room = (ulong)(high - low);
            if (from > room || first > room - from || size > room - from - first || size == 0)
                return false;
            file.AsSpan(low + (int)(from + first), (int)size).Clear();
            return true;
        }

        private ulong Number(int bytes)
        {
            if (bytes > 8 || end - _at < bytes)
            {
                _whole = false;
                return 0;
            }

            ulong value = 0;
            for (var i = 0; i < bytes; i++)
                value = (value << 8) | file[_at++];
            return value;
        }
    }
}
