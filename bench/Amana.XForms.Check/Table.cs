namespace Amana.XForms.Check;

/// <summary>Tables on standard output.</summary>
internal static class Table
{
    public static void Line(string line) => Console.WriteLine(line);
}
