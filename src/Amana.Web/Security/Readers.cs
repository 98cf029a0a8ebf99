namespace Amana.Web.Security;

/// <summary>Tells a person with a browser from a program.</summary>
public static class Readers
{
    /// <summary>Whether the answer is read as a page; programs get a status and problem+json instead.</summary>
    public static bool WantPage(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
