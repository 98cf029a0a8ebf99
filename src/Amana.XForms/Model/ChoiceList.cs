using System.Text.Json.Serialization;

namespace Amana.XForms;

/// <summary>One choice of a list, with the values of the form's own extra columns (that choice filters compare).</summary>
public sealed record Choice
{
    /// <summary>The value that is stored when this is chosen.</summary>
    public required string Name { get; init; }

    /// <summary>The sheet's row; 0 when the converter added the choice.</summary>
    public int Row { get; init; }

    /// <summary>What people read; null when the author left it out.</summary>
    public FormText? Label { get; init; }

    /// <summary>Pictures, sounds and films of the choice.</summary>
    public IReadOnlyList<FormMedia> Media { get; init; } = [];

    /// <summary>Extra columns: name and value, in the order of the sheet.</summary>
    public IReadOnlyList<FormAttribute> Columns { get; init; } = [];

    /// <summary>The value of an extra column, or null.</summary>
    public string? Column(string name) => Columns.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal))?.Value;
}

/// <summary>A list of choices that select, rank and some range questions draw on.</summary>
public sealed record ChoiceList
{
    /// <summary>The list's name, unique in the form.</summary>
    public required string Name { get; init; }

    /// <summary>The choices in the order of the sheet.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>True where a question fills the list with search(): its choices then stand in the form's body, not in an instance.</summary>
    public bool IsSearched { get; init; }

    /// <summary>True where the choices have translations, media or references, so that clients must look their texts up.</summary>
    [JsonIgnore]
    public bool NeedsTranslations => Choices.Any(c => c.Media.Count > 0 || c.Label is { IsTranslated: true } || References.AnyIn(c.Label?.PlainText));
}

/// <summary>A list of the external_choices sheet; clients read it from the file itemsets.csv.</summary>
public sealed record ExternalChoices(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
