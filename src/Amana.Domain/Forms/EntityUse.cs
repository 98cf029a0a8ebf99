namespace Amana.Domain.Forms;

/// <summary>Where a form makes or changes entries of an entity list (ODK XForms entities specification 2022.1 to 2025.1).</summary>
/// <param name="List">The list's name.</param>
/// <param name="Container">The path whose turns make one entry each: the form's root, or a repeat.</param>
/// <param name="Saves">Answers that become properties.</param>
public sealed record EntityUse(string List, string Container, IReadOnlyList<EntitySave> Saves);

/// <summary>An answer that is saved as a property of an entry.</summary>
public sealed record EntitySave(string Path, string Property);
