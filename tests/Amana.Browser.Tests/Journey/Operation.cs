using Amana.Domain.Competency;

namespace Amana.Browser.Tests.Journey;

/// <summary>One operation on its way from nothing to a closed activity: the house, the people at their browsers, and what they know of each other.</summary>
public sealed class Operation(House house, Chromium chromium, string language, bool script) : IAsyncDisposable
{
    public const string First = "Lantern Protection Network";
    public const string Second = "Harbour Legal Aid";

    /// <summary>Who works here: key, name, organisation, duty, role on the team.</summary>
    public static IReadOnlyList<(string Key, string Name, string Organisation, string? Duty, TeamRole? Role)> Staff { get; } =
    [
        ("lead", "Noor Wadi", First, null, TeamRole.InformationManagementOfficer),
        ("protection", "Samir Nahri", First, null, TeamRole.ProtectionOfficer),
        ("focal", "Clémence Dellamare", First, "DataProtectionFocalPoint", null),
        ("interviewer", "Yusra Kamari", First, null, TeamRole.Enumerator),
        ("partner", "Émile Harbour", Second, "Coordinator", null),
    ];

    private readonly Dictionary<string, Visitor> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _passwords = new(StringComparer.Ordinal);

    public House House => house;

    public string Language => language;

    public DateOnly Today { get; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>The number of the activity that the journey follows.</summary>
    public int Number { get; set; }

    /// <summary>The address that phones collect at.</summary>
    public string PhoneAddress { get; set; } = "";

    /// <summary>The code on the receipt of the person who withdraws.</summary>
    public string Receipt { get; set; } = "";

    public string At(string place = "") => $"/activities/{Number}" + (place.Length > 0 ? "/" + place : "");

    public static string Email(string key) => key + "@journey.example";

    /// <summary>Words in the language of the journey.</summary>
    public string Say(string english, string arabic) => language == "ar" ? arabic : english;

    public void Knows(string key, string password) => _passwords[key] = password;

    /// <summary>A window without a sign-in.</summary>
    public Task<Visitor> Anybody() => chromium.Visit(house, language, script);

    /// <summary>The person at their own browser, signed in.</summary>
    public async Task<Visitor> As(string key)
    {
        if (_people.TryGetValue(key, out var there))
            return there;
        var visitor = await Anybody();
        await visitor.SignIn(Email(key), _passwords[key]);
        _people[key] = visitor;
        if (!visitor.Path.StartsWith("/accounts/my-account", StringComparison.Ordinal))
            return visitor;
        await visitor.Fill("Input.Present", _passwords[key]);
        _passwords[key] = "green hill window 2209";
        await visitor.Fill("Input.Password", _passwords[key]);
        await visitor.Press("Input.Present");
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people.Values)
            await person.DisposeAsync();
    }
}
