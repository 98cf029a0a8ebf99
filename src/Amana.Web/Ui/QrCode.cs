using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace Amana.Web.Ui;

/// <summary>A QR code (ISO/IEC 18004, error correction M) as an SVG picture: one path, its quiet zone around it, black on white whatever the theme.</summary>
public static class QrCode
{
    /// <param name="content">What the code says.</param>
    /// <param name="label">What it is, for those who do not see it.</param>
    public static IHtmlContent Svg(string content, string label)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix; // QRCoder counts the quiet zone in
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
            for (var x = 0; x < modules[y].Length; x++)
                if (modules[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        var size = modules.Count;
        return new HtmlString($"<svg class=\"qr\" role=\"img\" aria-label=\"{System.Text.Encodings.Web.HtmlEncoder.Default.Encode(label)}\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\"><path class=\"qr-ground\" d=\"M0 0h{size}v{size}h-{size}z\"/><path d=\"{path}\"/></svg>");
    }
}
