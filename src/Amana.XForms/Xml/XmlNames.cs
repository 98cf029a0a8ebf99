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

    /// <summary>
    /// Where the colon-free name that starts at the position ends; the position itself when none starts there. Characters beyond U+FFFF,
    /// which the fifth edition of XML 1.0 (2008) added, are not taken, because readers of the fourth refuse them.
    /// </summary>
    public static int NameEnd(string text, int start)
    {
        if (start >= text.Length || !XmlConvert.IsStartNCNameChar(text[start]))
            return start;
        var end = start + 1;
        while (end < text.Length && XmlConvert.IsNCNameChar(text[end]))
            end++;
        return end;
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
}
