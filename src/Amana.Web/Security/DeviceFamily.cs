namespace Amana.Web.Security;

/// <summary>The family of browser and system that a request names, such as "Firefox, Android": enough to know one's own device again, too little to find it among others.</summary>
public static class DeviceFamily
{
    private static readonly (string Word, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    ];

    private static readonly (string Word, string Name)[] Systems =
    [
        ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    /// <summary>The family; empty for what is not known.</summary>
    public static string Of(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        string?[] names = [Find(Browsers, agent), Find(Systems, agent)];
        return string.Join(", ", names.Where(n => n is not null));
    }

    private static string? Find((string Word, string Name)[] known, string agent) =>
        known.FirstOrDefault(k => agent.Contains(k.Word, StringComparison.Ordinal)).Name;
}
