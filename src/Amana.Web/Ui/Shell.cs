namespace Amana.Web.Ui;

/// <summary>What the frame around a page shows besides it. Whoever knows it fills it in, a page or a filter before the page.</summary>
public sealed class Shell
{
    /// <summary>The operation's name, in the bar of every staff page and on every print.</summary>
    public string? Operation { get; set; }

    /// <summary>A key of the page's level (<c>classification.confidential</c>), shown on every printed page.</summary>
    public string? Classification { get; set; }

    /// <summary>Who is signed in, for the bar and for "printed by"; a staff member's own name or code, never a person served.</summary>
    public string? Reader { get; set; }

    /// <summary>The way to this page, outermost first.</summary>
    public IReadOnlyList<Crumb> Crumbs { get; set; } = [];

    /// <summary>Why what was just asked is not done; the error summary says who can mend each and leads there.</summary>
    public IReadOnlyList<ShownRefusal> Refusals { get; set; } = [];

    /// <summary>The layout writes the summary of errors, with the labels of the fields; pages that say so leave it out.</summary>
    public bool ErrorsInFrame { get; set; }

    /// <summary>The key of what was just done (<c>done.purpose-stated</c>), said once at the top of the page.</summary>
    public string? Done { get; set; }
}

/// <summary>One step of the way to a page: words in the reader's language, or a key of them, and the address.</summary>
public sealed record Crumb(string Text, string Href);
