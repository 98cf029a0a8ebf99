using System.Text.Json.Serialization;

namespace Amana.XForms;

/// <summary>
/// A form as its author wrote it, whole and immutable: what <see cref="XlsForm.Read"/> gives and <see cref="XFormWriter.Write"/> takes.
/// It goes through System.Text.Json and back without loss.
/// </summary>
public sealed record FormModel
{
    /// <summary>Title, id, version and the like.</summary>
    public required FormSettings Settings { get; init; }

    /// <summary>The name of the root element of the data.</summary>
    public required string RootName { get; init; }

    /// <summary>Questions, groups and repeats in the order of the sheet, with the meta block last.</summary>
    public IReadOnlyList<FormNode> Children { get; init; } = [];

    /// <summary>All lists of choices, in the order of the sheet.</summary>
    public IReadOnlyList<ChoiceList> ChoiceLists { get; init; } = [];

    /// <summary>The external_choices sheet, or null.</summary>
    public ExternalChoices? ExternalChoices { get; init; }

    /// <summary>The version of the entities specification that the form needs, or null.</summary>
    public string? EntitiesVersion { get; init; }

    /// <summary>The languages that the form offers, in the order of its columns; empty when no text names a language.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Every node from top to bottom: a section before what is inside it.</summary>
    [JsonIgnore]
    public IEnumerable<FormNode> Nodes => Children.SelectMany(SelfAndInside);

    /// <summary>Every question in the order in which it is asked, the device's own and the computed ones included.</summary>
    [JsonIgnore]
    public IReadOnlyList<FormQuestion> Questions => [.. Nodes.OfType<FormQuestion>()];

    /// <summary>The node at the path, or null.</summary>
    public FormNode? Find(string path) => Nodes.FirstOrDefault(n => string.Equals(n.Path, path, StringComparison.Ordinal));

    /// <summary>The list of that name, or null.</summary>
    public ChoiceList? List(string? name) => ChoiceLists.FirstOrDefault(l => string.Equals(l.Name, name, StringComparison.Ordinal));

    /// <summary>The choices that the form itself lists for the question; empty when it has none, or they come from a file or from answers.</summary>
    public IReadOnlyList<Choice> ChoicesOf(FormQuestion question) => List(question.ChoicesFrom)?.Choices ?? [];

    /// <summary>Every text that some language of the form lacks while another has it, or that nothing has.</summary>
    public IReadOnlyList<MissingText> MissingTexts() => MissingTextSearch.In(this);

    private static IEnumerable<FormNode> SelfAndInside(FormNode node) =>
        node is FormSection section ? section.Children.SelectMany(SelfAndInside).Prepend(node) : [node];
}

/// <summary>
/// A text that is lacking: of the question at a path, or of a choice of a list; the element is label, hint, guidance_hint,
/// constraint_message, required_message or a kind of media. The language is null when the form names no languages at all.
/// </summary>
public sealed record MissingText(string? Path, string? List, string? Choice, string Element, string? Language, int Row);
