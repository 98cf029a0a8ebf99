using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Html;

namespace Amana.Web.Ui;

/// <summary>
/// Writes markup as it reads: literal pieces are ours and go in as they stand, every value is encoded unless it is markup already.
/// </summary>
public static class Markup
{
    public static readonly IHtmlContent None = HtmlString.Empty;

    public static IHtmlContent Of(MarkupPieces pieces) => pieces.Content;

    /// <summary>The markup, or nothing.</summary>
    public static IHtmlContent When(bool condition, MarkupPieces pieces) => condition ? pieces.Content : None;

    public static IHtmlContent Join(IEnumerable<IHtmlContent> parts)
    {
        var all = new HtmlContentBuilder();
        foreach (var part in parts) all.AppendHtml(part);
        return all;
    }
}

/// <summary>The pieces of an interpolated string, kept apart until they are written.</summary>
[InterpolatedStringHandler]
public readonly struct MarkupPieces
{
    private readonly HtmlContentBuilder content;

    public MarkupPieces(int literalLength, int formattedCount)
    {
        _ = literalLength;
        content = new HtmlContentBuilder(literalLength == 0 ? formattedCount : formattedCount * 2);
    }

    internal IHtmlContent Content => content;

    public void AppendLiteral(string value) => content.AppendHtml(value);

    public void AppendFormatted(string? value) => content.Append(value ?? "");

    public void AppendFormatted(IHtmlContent? value)
    {
        if (value is not null) content.AppendHtml(value);
    }

    public void AppendFormatted(int value) => content.Append(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
