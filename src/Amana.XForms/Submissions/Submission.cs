using Amana.XForms.Evaluation;

namespace Amana.XForms;

/// <summary>An answer at its place.</summary>
/// <param name="Path">Path with positions where a node comes several times, e.g. <c>/data/child[2]/age</c>.</param>
/// <param name="Text">The answer as it was sent.</param>
public sealed record SubmittedAnswer(string Path, string Text);

/// <summary>A submission as it was sent: which form, which version, which id, and all its nodes. It says nothing yet of whether they are right.</summary>
public sealed class Submission
{
    private IReadOnlyList<SubmittedAnswer>? _answers;

    internal Submission(InstanceNode document, string formId, string version)
    {
        Document = document;
        FormId = formId;
        Version = version;
    }

    /// <summary>Id of the form that it answers.</summary>
    public string FormId { get; }

    /// <summary>Version of the form, or empty.</summary>
    public string Version { get; }

    /// <summary>Its own id, or null when it has none.</summary>
    public string? InstanceId => Meta("instanceID");

    /// <summary>The id of the version that this one replaces, or null.</summary>
    public string? DeprecatedId => Meta("deprecatedID");

    /// <summary>The name that the form makes for people, or null.</summary>
    public string? InstanceName => Meta("instanceName");

    /// <summary>Whether it is the envelope of a submission that was encrypted on the device (ODK encrypted forms).</summary>
    public bool IsEncrypted => Root.Attribute("encrypted")?.Text == "yes" && Root.First("base64EncryptedKey") is not null;

    /// <summary>The root node.</summary>
    public InstanceNode Root => Document.Children[0];

    /// <summary>All answers, in document order: leaves with text.</summary>
    public IReadOnlyList<SubmittedAnswer> Answers => _answers ??= Leaves(Root);

    internal InstanceNode Document { get; }

    /// <summary>Names of the files that must come with it: the answers of the form's file questions, or the files of an encrypted envelope.</summary>
    public IReadOnlyList<string> FilesExpected(CompiledForm form)
    {
        var names = new List<string>();
        if (IsEncrypted)
        {
            for (var media = Root.First("media"); media is not null; media = media.NextSame)
                AddName(media.First("file")?.Text, names);
            AddName(Root.First("encryptedXmlFile")?.Text, names);
            return names;
        }

        AddFiles(form.Root, Root, names);
        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    private static void AddFiles(CompiledNode definition, InstanceNode node, List<string> names)
    {
        if (definition.Type == AnswerType.File)
            AddName(node.Text, names);
        foreach (var child in definition.Children)
        {
            for (var at = child.IsAttribute ? null : node.First(child.Name); at is not null; at = at.NextSame)
                AddFiles(child, at, names);
        }
    }

    private static void AddName(string? name, List<string> names)
    {
        if (!string.IsNullOrWhiteSpace(name))
            names.Add(name.Trim());
    }

    private string? Meta(string name)
    {
        var text = (Root.First("meta")?.First(name)?.Text ?? (name == "instanceID" ? Root.Attribute(name)?.Text : null))?.Trim();
        return text is { Length: > 0 } ? text : null;
    }

    private static List<SubmittedAnswer> Leaves(InstanceNode root)
    {
        var answers = new List<SubmittedAnswer>();
        var open = new Stack<(InstanceNode Node, string Path)>([(root, root.Path)]);
        while (open.TryPop(out var next))
        {
            var children = next.Node.ChildSpan;
            var elements = 0;
            for (var i = children.Length - 1; i >= 0; i--)
            {
                if (children[i].IsAttribute)
                    continue;
                elements++;
                open.Push((children[i], children[i].PathBelow(next.Path)));
            }

            if (elements == 0 && next.Node.Text.Length > 0)
                answers.Add(new SubmittedAnswer(next.Path, next.Node.Text));
        }

        return answers;
    }
}
