using Amana.Domain.Records.Pictures;
using Amana.Domain.Records.Sounds;

namespace Amana.Domain.Records;

/// <summary>Takes out of a file what it tells besides what is to be seen or heard: who made it, where, when, with what (DNH-1, SEC-2).</summary>
public static class FileMetadata
{
    /// <summary>The file without it. The very same file where it is neither picture, film nor sound, and where a sound cannot be followed: what somebody said is not lost for it. None for a picture or film that
    /// cannot be followed.</summary>
    public static byte[]? Remove(byte[] content) =>
        PictureMetadata.Remove(content) is not { } clean ? null : PictureMetadata.IsPicture(content) ? clean : SoundFile.Read(content)?.Content ?? content;
}
