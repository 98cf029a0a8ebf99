using Amana.Domain.Shared;

namespace Amana.Domain.Forms;

/// <summary>A file that goes to phones with one version of a form: a list of choices, a picture or sound of a label. It is part of the form's design and holds nothing about people.</summary>
public sealed class FormAttachment
{
    private FormAttachment() { }

    public FormVersionId FormVersionId { get; private set; }

    /// <summary>The name by which the form asks for it.</summary>
    public string Name { get; private set; } = "";

    public string ContentType { get; private set; } = "";

    /// <summary>MD5 of the bytes, lower-case hexadecimal, as the OpenRosa manifest announces it. Not a safeguard.</summary>
    public string Md5 { get; private set; } = "";

    public int Size { get; private set; }

    /// <summary>Written by the converter from the workbook itself (<c>itemsets.csv</c>), not uploaded.</summary>
    public bool Generated { get; private set; }

    public DateTimeOffset AddedAt { get; private set; }
    public byte[] Content { get; private set; } = [];

    public static FormAttachment Of(FormFileAttached change) => new()
    {
        FormVersionId = change.FormVersionId, Name = change.File.Name, ContentType = change.File.ContentType, Md5 = change.File.Md5, Size = change.File.Content.Length,
        Content = change.File.Content, Generated = change.File.Generated, AddedAt = change.At,
    };

    public void Apply(FormFileAttached change) =>
        (ContentType, Md5, Size, Content, AddedAt) = (change.File.ContentType, change.File.Md5, change.File.Content.Length, change.File.Content, change.At);
}

/// <summary>A file that the form asks for.</summary>
public sealed record NeededFile(string Name, NeededFileKind Kind);

/// <summary>What a form uses a file for. Without its lists a form does not open on the phone; without a picture or sound it does.</summary>
public enum NeededFileKind { List, Picture, Sound, Film }

/// <summary>A file as it was given, with what is known of its bytes.</summary>
public sealed record AttachFile(string Name, string ContentType, string Md5, byte[] Content, bool Generated = false);

public sealed record FormFileAttached : Change
{
    internal FormFileAttached() { }
    public FormVersionId FormVersionId { get; internal init; }
    public AttachFile File { get; internal init; } = null!;
    public DateTimeOffset At { get; internal init; }
}

public sealed record FormFileDetached : Change
{
    internal FormFileDetached() { }
    public string Name { get; internal init; } = "";
}

/// <summary>Attaching files to a draft. A published version never changes, and neither do its files.</summary>
public static class FormAttachmentRules
{
    /// <summary>Largest file, in bytes: a phone fetches it over a poor line.</summary>
    public const int MaxFile = 10 * 1024 * 1024;

    /// <summary>Most that the files of one version weigh together, in bytes.</summary>
    public const int MaxTogether = 50 * 1024 * 1024;

    /// <summary>Attaches a file that the form names. What no question asks for is refused: phones carry nothing without use.</summary>
    /// <param name="form">The draft.</param>
    /// <param name="file">The file.</param>
    /// <param name="others">Bytes of the draft's other files together.</param>
    /// <param name="now">When.</param>
    public static Decision<FormFileAttached> Attach(FormVersion form, AttachFile file, long others, DateTimeOffset now)
    {
        if (form.State != FormState.Draft)
            return new Refusal("form.not-a-draft").MendedBy(Mender.You, MendPage.Form);
        if (!form.Files.Any(f => f.Name == file.Name))
            return new Refusal("form.file-not-named").At("Chosen").With("file", file.Name);
        if (file.Content.Length is 0 or > MaxFile || others + file.Content.Length > MaxTogether)
            return new Refusal("form.file-too-large").At("Chosen").With("file", file.Name).With("max", "10").With("together", "50");
        return new FormFileAttached { FormVersionId = form.Id, File = file, At = now };
    }

    public static Decision<FormFileDetached> Detach(FormVersion form, FormAttachment file) =>
        form.State != FormState.Draft ? new Refusal("form.not-a-draft").MendedBy(Mender.You, MendPage.Form)
        : file.Generated ? new Refusal("form.file-of-the-workbook").With("file", file.Name)
        : new FormFileDetached { Name = file.Name };

    /// <summary>Lists that the draft asks for and does not have; it cannot be published without them.</summary>
    public static IEnumerable<NeededFile> Missing(FormVersion form, IReadOnlyCollection<string> present) =>
        form.Files.Where(f => f.Kind == NeededFileKind.List && !present.Contains(f.Name, StringComparer.Ordinal));
}
