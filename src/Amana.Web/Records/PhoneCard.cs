namespace Amana.Web.Records;

/// <summary>What a phone needs to reach its activity, shown once and fit to be printed.</summary>
/// <param name="TitleKey">Its heading, and</param>
/// <param name="TextKey">what to know about it.</param>
/// <param name="Label">Which phone or form it is for.</param>
/// <param name="ProjectName">The name on the phone's screen; it tells nothing of the activity.</param>
/// <param name="Address">The address that holds the token.</param>
/// <param name="WithPassword">For clients that ask for a name and a password.</param>
public sealed record PhoneCard(string TitleKey, string TextKey, string Label, string ProjectName, string Address, PasswordAddress? WithPassword = null);

public sealed record PasswordAddress(string Address, string UserName, string Password);
