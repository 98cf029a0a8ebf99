using System.Xml.Linq;

namespace Amana.XForms.Evaluation;

/// <summary>Something in a form that cannot be evaluated as it stands.</summary>
/// <param name="Path">The node's path.</param>
/// <param name="Rule">Which rule of the node: relevant, calculate, constraint…</param>
/// <param name="Problem">What is wrong.</param>
public sealed record FormFault(string Path, string Rule, ExpressionProblem Problem);

/// <summary>
/// A form ready to be evaluated: its data, rules, lists, texts and questions, with the order in which its rules depend on each other. It is made from an
/// ODK XForm, the same text that collecting clients get, and is immutable: one serves all sessions and checks of a form version.
/// </summary>
public sealed class CompiledForm
{
    private readonly Dictionary<string, Dictionary<string, CompiledText>> _translations = new(StringComparer.Ordinal);

    private readonly Dictionary<CompiledNode, List<(CompiledNode, SetValue)>> _waiting = [];

    private IReadOnlyList<CompiledNode>? _stamps;
    private IReadOnlyList<CompiledNode>? _dateTimes;
    private IReadOnlyList<CompiledNode>? _countedRepeats;

    internal CompiledForm()
    {
        Document = new CompiledNode(this, null, "", false);
        Root = Document;
    }

    /// <summary>Id of the form.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>Version of the form, or empty.</summary>
    public string Version { get; internal set; } = "";

    /// <summary>Title of the form.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>The root node of the data.</summary>
    public CompiledNode Root { get; internal set; }

    /// <summary>All nodes in document order.</summary>
    public IReadOnlyList<CompiledNode> Nodes { get; internal set; } = [];

    /// <summary>Controls of the body, in order.</summary>
    public IReadOnlyList<CompiledControl> Body { get; internal set; } = [];

    /// <summary>Languages of its texts; empty when it has but one.</summary>
    public IReadOnlyList<string> Languages { get; internal set; } = [];

    /// <summary>The language it opens in, or null.</summary>
    public string? DefaultLanguage { get; internal set; }

    /// <summary>Everything that cannot be evaluated. Such a rule is treated as if it were not there; the form should not be published.</summary>
    public IReadOnlyList<FormFault> Faults { get; internal set; } = [];

    /// <summary>Instances that come from files: id and address (<c>jr://file-csv/people.csv</c>).</summary>
    public IReadOnlyDictionary<string, string> ExternalLists { get; internal set; } = new Dictionary<string, string>();

    /// <summary>Nodes that keep when a record was begun or ended.</summary>
    internal IReadOnlyList<CompiledNode> Stamps => _stamps ??= [.. Nodes.Where(node => node.Preload == "timestamp")];

    internal IReadOnlyList<CompiledNode> DateTimes => _dateTimes ??= [.. Nodes.Where(node => node.Type == AnswerType.DateTime)];

    internal IReadOnlyList<CompiledNode> CountedRepeats => _countedRepeats ??= [.. Nodes.Where(node => node is { RepeatCount: not null, Parent: not null })];

    internal CompiledNode Document { get; }

    internal Dictionary<string, InstanceNode> Lists { get; } = new(StringComparer.Ordinal);

    internal List<(string Prefix, string Uri)> Namespaces { get; } = [];

    internal List<(XName Name, string Prefix, string Value)> RootAttributes { get; } = [];

    internal IReadOnlyList<Rule> Order { get; set; } = [];

    internal bool HasRepeatCounts { get; set; }

    /// <summary>Makes a form out of an XForm document.</summary>
    /// <param name="xform">The document.</param>
    /// <param name="problem">Why the document is no form, or null.</param>
    /// <param name="limits">Bounds of its expressions.</param>
    public static CompiledForm? FromXForm(XDocument xform, out string? problem, EvaluationLimits? limits = null) =>
        new XFormCompiler(xform, limits ?? EvaluationLimits.Standard).Compile(out problem);

    /// <summary>Makes a form out of the text of an XForm.</summary>
    /// <param name="xform">The text.</param>
    /// <param name="problem">Why the text is no form, or null.</param>
    /// <param name="limits">Bounds of its expressions.</param>
    public static CompiledForm? FromXForm(string xform, out string? problem, EvaluationLimits? limits = null)
    {
        var read = SafeXml.Parse(xform);
        problem = read.Problem?.Message;
        return read.Document is null ? null : FromXForm(read.Document, out problem, limits);
    }

    /// <summary>
    /// Makes a form out of its model, by way of the XForm that clients get: what is asked and checked here is what they were given. Worth keeping, once a
    /// form version.
    /// </summary>
    public static CompiledForm FromModel(FormModel model, EvaluationLimits? limits = null) =>
        FromXForm(XFormWriter.Write(model), out var problem, limits) ?? throw new InvalidOperationException($"The form's own XForm is none: {problem}");

    /// <summary>The node of a path without positions, or null.</summary>
    public CompiledNode? Find(string path)
    {
        var node = Document;
        foreach (var range in path.AsSpan().TrimStart('/').Split('/'))
        {
            var step = path.AsSpan().TrimStart('/')[range];
            var attribute = step.StartsWith("@");
            node = node.Child((attribute ? step[1..] : step).ToString(), attribute);
            if (node is null)
                return null;
        }

        return ReferenceEquals(node, Document) ? null : node;
    }

    internal IReadOnlyList<(CompiledNode Node, SetValue SetValue)> Waiting(CompiledNode trigger) => _waiting.GetValueOrDefault(trigger) ?? [];

    internal void AddWaiting(CompiledNode trigger, CompiledNode node, SetValue setValue)
    {
        if (!_waiting.TryGetValue(trigger, out var waiting))
            _waiting.Add(trigger, waiting = []);
        waiting.Add((node, setValue));
    }

    internal InstanceNode? List(string id) => Lists.GetValueOrDefault(id);

    internal void AddTranslation(string language, string id, CompiledText text)
    {
        if (!_translations.TryGetValue(language, out var texts))
            _translations.Add(language, texts = new Dictionary<string, CompiledText>(StringComparer.Ordinal));
        texts.TryAdd(id, text);
    }

    internal CompiledText Translation(string id, string? language)
    {
        if (language is not null && _translations.TryGetValue(language, out var wanted) && wanted.TryGetValue(id, out var text))
            return text;
        return DefaultLanguage is not null && _translations.TryGetValue(DefaultLanguage, out var own) && own.TryGetValue(id, out text) ? text : CompiledText.Empty;
    }
}
