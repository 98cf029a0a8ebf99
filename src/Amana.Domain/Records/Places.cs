using System.Text;

namespace Amana.Domain.Records;

/// <summary>Places of answers in a submission: paths with positions where a question comes in turns.</summary>
public static class Places
{
    /// <summary>The path of the question, which elements have: <c>/data/child[2]/age</c> is <c>/data/child/age</c>.</summary>
    public static string WithoutPositions(string path)
    {
        if (!path.Contains('[', StringComparison.Ordinal))
            return path;
        var kept = new StringBuilder(path.Length);
        var inside = false;
        foreach (var c in path)
        {
            inside = c == '[' || (inside && c != ']');
            if (!inside && c != ']')
                kept.Append(c);
        }

        return kept.ToString();
    }
}
