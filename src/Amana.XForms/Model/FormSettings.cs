namespace Amana.XForms;

/// <summary>What the settings sheet says of the form as a whole.</summary>
public sealed record FormSettings
{
    /// <summary>The form's title; the id where none is given.</summary>
    public required string Title { get; init; }

    /// <summary>The form's id; the file's name without its ending where none is given.</summary>
    public required string FormId { get; init; }

    /// <summary>The version as written; empty when there is none.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>The language that a client starts with; "default" when the form names none.</summary>
    public string DefaultLanguage { get; init; } = "default";

    /// <summary>The expression that names a filled form, or null.</summary>
    public string? InstanceName { get; init; }

    /// <summary>Style words for web clients, such as pages or theme-grid.</summary>
    public string? Style { get; init; }

    /// <summary>Where clients send to, when not to the server that gave the form.</summary>
    public string? SubmissionUrl { get; init; }

    /// <summary>The public key (RSA, base64) for submissions that are encrypted on the device.</summary>
    public string? PublicKey { get; init; }

    /// <summary>Whether clients send by themselves ("true" or "false").</summary>
    public string? AutoSend { get; init; }

    /// <summary>Whether clients delete after sending ("true" or "false").</summary>
    public string? AutoDelete { get; init; }

    /// <summary>Whether clients may edit what they sent.</summary>
    public bool ClientEditable { get; init; }

    /// <summary>True where the form has no instanceID of its own.</summary>
    public bool OmitInstanceId { get; init; }

    /// <summary>What the instanceID is preloaded with.</summary>
    public string InstanceId { get; init; } = "uid";

    /// <summary>The XML namespace of the instance, or null.</summary>
    public string? InstanceNamespace { get; init; }

    /// <summary>Further XML namespaces: prefix and address.</summary>
    public IReadOnlyList<FormAttribute> Namespaces { get; init; } = [];

    /// <summary>Further attributes of the instance's root.</summary>
    public IReadOnlyList<FormAttribute> RootAttributes { get; init; } = [];

    /// <summary>The prefix of compact (SMS) records, or null.</summary>
    public string? CompactPrefix { get; init; }

    /// <summary>The delimiter of compact (SMS) records, or null.</summary>
    public string? CompactDelimiter { get; init; }
}
