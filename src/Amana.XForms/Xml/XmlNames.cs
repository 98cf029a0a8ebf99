using System.Xml;

namespace Amana.XForms;

/// <summary>What may be the name of an XML element (Namespaces in XML 1.0, NCName and QName), and which characters text may hold.</summary>
internal static class XmlNames
{
    /// <summary>True for a name, or two names with one colon between them.</summary>
    public static bool IsElementName(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return false;
        var end = NameEnd(text, 0);
        if (end == text.Length)
            return true;
        return end > 0 && text[end] == ':' && NameEnd(text, end + 1) == text.Length;
    }

    /// <summary>Where the colon-free name that starts at the position ends; the position itself when none starts there.</summary>
    public static int NameEnd(string text, int start)
    {
        if (start >= text.Length || !IsStart(text, start, out var width))
            return start;
        var i = start + width;
        while (i < text.Length && IsPart(text, i, out width))
            i += width;
        return i;
    }

    /// <summary>The text without characters that no XML 1.0 document can hold.</summary>
    public static string WithoutForbidden(string text)
    {
        var first = FirstForbidden(text);
        if (first < 0)
            return text;
        var kept = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                kept.Append(text[i]).Append(text[++i]);
            else if (XmlConvert.IsXmlChar(text[i]))
                kept.Append(text[i]);
        }

        return kept.ToString();
    }

    private static int FirstForbidden(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                continue;
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                i++;
            else
                return i;
        }

        return -1;
    }

    private static bool IsStart(string text, int i, out int width)
    {
        width = IsPair(text, i) ? 2 : 1;
        return width == 2 || XmlConvert.IsStartNCNameChar(text[i]);
    }

    private static bool IsPart(string text, int i, out int width)
    {
        width = IsPair(text, i) ? 2 : 1;
        return width == 2 || XmlConvert.IsNCNameChar(text[i]);
    }

    private static bool IsPair(string text, int i) => i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]);
}
