namespace Amana.XForms.Workbooks;

/// <summary>Runs of spaces.</summary>
internal static class Spaces
{
    /// <summary>The text without blanks at its ends and with single spaces inside; line breaks stay.</summary>
    public static string Single(string text)
    {
        text = text.Trim();
        if (!text.Contains("  ", StringComparison.Ordinal))
            return text;
        var kept = new System.Text.StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c != ' ' || kept.Length == 0 || kept[^1] != ' ')
                kept.Append(c);
        }

        return kept.ToString();
    }
}
