using System.Runtime.InteropServices;

namespace Amana.XForms.Evaluation;

/// <summary>
/// A node of an instance: of the form's own data, or of a list or file that the form looks things up in. Names are local names.
/// Above the root element stands a document node without a name.
/// </summary>
public sealed class InstanceNode
{
    private const int FewChildren = 12;
    private List<InstanceNode>? _children;
    private Dictionary<string, (InstanceNode First, InstanceNode Last)>? _byName;
    private InstanceNode? _nextSame;

    /// <summary>Makes a node that stands alone until it is added to another.</summary>
    /// <param name="name">Local name; empty for the document.</param>
    /// <param name="text">Its own text.</param>
    public InstanceNode(string name, string text = "")
    {
        Name = name;
        Text = text;
    }

    /// <summary>Local name.</summary>
    public string Name { get; }

    /// <summary>The node's own text; of a group always empty.</summary>
    public string Text { get; internal set; }

    /// <summary>The node above, or null.</summary>
    public InstanceNode? Parent { get; private set; }

    /// <summary>What the form says of this node; null in lists and for nodes that the form does not know.</summary>
    public CompiledNode? Definition { get; internal set; }

    /// <summary>Whether it counts: relevant itself and below relevant nodes only.</summary>
    public bool IsRelevant { get; internal set; } = true;

    /// <summary>1-based place among the siblings of the same name.</summary>
    public int Position { get; private set; } = 1;

    /// <summary>Whether it is an attribute of its parent.</summary>
    public bool IsAttribute { get; init; }

    /// <summary>Whether the submission left it out.</summary>
    internal bool IsAbsent { get; init; }

    /// <summary>Nodes below in document order.</summary>
    public IReadOnlyList<InstanceNode> Children => _children ?? [];

    internal ReadOnlySpan<InstanceNode> ChildSpan => CollectionsMarshal.AsSpan(_children);

    internal int Level => Parent is null ? 0 : Parent.Level + 1;

    /// <summary>The node's path with positions where the form repeats it, e.g. <c>/data/child[2]/age</c>.</summary>
    public string Path
    {
        get
        {
            if (Parent is null)
                return Name.Length == 0 ? "" : "/" + Name;
            return PathBelow(Parent.Path);
        }
    }

    /// <summary>The path, where the parent's is known.</summary>
    internal string PathBelow(string parent)
    {
        var step = IsAttribute ? "@" + Name : Name;
        var repeats = Definition?.IsRepeat ?? Position > 1;
        return repeats ? $"{parent}/{step}[{Position}]" : string.Concat(parent, "/", step);
    }

    /// <summary>Adds a node below, at the end.</summary>
    public void Add(InstanceNode child)
    {
        child.Parent = this;
        InstanceNode? before;
        if (_byName is null || child.IsAttribute)
            before = Last(child.Name, child.IsAttribute);
        else
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_byName, child.Name, out _);
            before = known.Last;
            known = (known.First ?? child, child);
        }

        if (before is not null)
        {
            child.Position = before.Position + 1;
            before._nextSame = child;
        }

        (_children ??= []).Add(child);
        if (_byName is null && _children.Count > FewChildren)
            IndexNames();
    }

    /// <summary>Adds a node below, at the end, where the last of its name is known (null: it is the first). Names are indexed when first asked for.</summary>
    internal void Append(InstanceNode child, InstanceNode? before)
    {
        child.Parent = this;
        if (before is not null)
        {
            child.Position = before.Position + 1;
            before._nextSame = child;
        }

        (_children ??= new List<InstanceNode>(Definition?.Children.Count ?? 4)).Add(child);
        _byName = null;
    }

    /// <summary>Puts a node, which becomes the last of its name, right behind another child (null: before all).</summary>
    internal void AddAfter(InstanceNode? sibling, InstanceNode child)
    {
        child.Parent = this;
        _children ??= [];
        var before = Last(child.Name, child.IsAttribute);
        _children.Insert(sibling is null ? 0 : _children.IndexOf(sibling) + 1, child);
        if (before is not null)
        {
            before._nextSame = child;
            child.Position = before.Position + 1;
        }

        if (_byName is null && _children.Count > FewChildren)
            IndexNames();
        else if (_byName is not null && !child.IsAttribute)
            _byName[child.Name] = (before is null ? child : _byName[child.Name].First, child);
    }

    /// <summary>The last child element of a name, or null.</summary>
    internal InstanceNode? LastOf(string name) => Last(name, attribute: false);

    /// <summary>A node that knows its place without being part of the tree: where a repeat without turns would stand.</summary>
    internal static InstanceNode StandIn(InstanceNode parent, CompiledNode definition) => new(definition.Name) { Definition = definition, Parent = parent };

    internal void Remove(InstanceNode child)
    {
        if (_children is null || !_children.Remove(child))
            return;
        var first = First(child.Name);
        if (child._nextSame is not null || child.IsAttribute || first is null || ReferenceEquals(first, child))
        {
            Renumber();
            return;
        }

        // The last turn goes without any other changing its place.
        var before = first;
        while (!ReferenceEquals(before._nextSame, child))
            before = before._nextSame!;
        before._nextSame = null;
        if (_byName is not null)
            _byName[child.Name] = (first, before);
    }

    /// <summary>The first child element of a name, or null.</summary>
    public InstanceNode? First(string name)
    {
        if (_byName is null && _children?.Count > FewChildren)
            IndexNames();
        if (_byName is not null)
            return _byName.GetValueOrDefault(name).First;
        foreach (var child in ChildSpan)
        {
            if (!child.IsAttribute && Same(child.Name, name))
                return child;
        }

        return null;
    }

    /// <summary>The next sibling of the same name, or null.</summary>
    public InstanceNode? NextSame => _nextSame;

    internal InstanceNode? Attribute(string name)
    {
        foreach (var child in ChildSpan)
        {
            if (child.IsAttribute && Same(child.Name, name))
                return child;
        }

        return null;
    }

    private InstanceNode? Last(string name, bool attribute)
    {
        if (_byName is null && !attribute && _children?.Count > FewChildren)
            IndexNames();
        if (_byName is not null && !attribute)
            return _byName.GetValueOrDefault(name).Last;
        var last = attribute ? Attribute(name) : First(name);
        while (last?._nextSame is not null)
            last = last._nextSame;
        return last;
    }

    private void IndexNames()
    {
        _byName = new Dictionary<string, (InstanceNode, InstanceNode)>(Math.Max(_children!.Count, Definition?.Children.Count ?? 4 * FewChildren), StringComparer.Ordinal);
        foreach (var child in _children)
        {
            if (!child.IsAttribute)
                _byName[child.Name] = (_byName.TryGetValue(child.Name, out var known) ? known.First : child, child);
        }
    }

    private void Renumber()
    {
        var last = new Dictionary<(string, bool), InstanceNode>();
        foreach (var child in _children!)
        {
            child._nextSame = null;
            child.Position = 1;
            if (last.TryGetValue((child.Name, child.IsAttribute), out var before))
            {
                before._nextSame = child;
                child.Position = before.Position + 1;
            }

            last[(child.Name, child.IsAttribute)] = child;
        }

        _byName = null;
        if (_children.Count > FewChildren)
            IndexNames();
    }

    private static bool Same(string left, string right) => ReferenceEquals(left, right) || string.Equals(left, right, StringComparison.Ordinal);
}
