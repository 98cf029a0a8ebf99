namespace Amana.XForms.Writing;

/// <summary>Where a node stands: what it is inside of, all the way up to the root.</summary>
internal sealed class Place(string name, Place? parent, FormNode? node, bool isFlat = false)
{
    public string Name { get; } = name;

    public Place? Parent { get; } = parent;

    public FormNode? Node { get; } = node;

    public bool IsRepeat => Node is FormRepeat;

    public bool IsSection => Node is FormSection;

    /// <summary>The names from below the given place down to this one, each after a slash.</summary>
    public string PathFrom(Place? above)
    {
        var path = string.Empty;
        for (var place = this; place is not null && !ReferenceEquals(place, above); place = place.Parent)
        {
            if (!place.IsFlat)
                path = $"/{place.Name}{path}";
        }

        return path;
    }

    private bool IsFlat { get; } = isFlat;

    /// <summary>The nearest of the places above both that is of the kind, and how many steps it is above this one.</summary>
    public (int Steps, Place Ancestor)? NearestAbove(Place other, Func<Place, bool> isOfKind)
    {
        var steps = 0;
        for (var place = Parent; place is not null; place = place.Parent)
        {
            steps++;
            if (isOfKind(place) && place.IsAbove(other))
                return (steps, place);
        }

        return null;
    }

    public Place? NearestRepeat()
    {
        var place = Parent;
        while (place is not null && !place.IsRepeat)
            place = place.Parent;
        return place;
    }

    private bool IsAbove(Place other)
    {
        for (var place = other.Parent; place is not null; place = place.Parent)
        {
            if (ReferenceEquals(place, this))
                return true;
        }

        return false;
    }
}

/// <summary>The places of all nodes of a form, by node and by name.</summary>
internal sealed class Places
{
    private readonly Dictionary<FormNode, Place> byNode = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, Place?> byName = new(StringComparer.Ordinal);

    public Places(FormModel form)
    {
        Root = new Place(form.RootName, null, null);
        Add(form.Children, Root);
    }

    public Place Root { get; }

    public Place this[FormNode node] => byNode[node];

    /// <summary>The one question or section of that name; null when there is none, or more than one.</summary>
    public Place? Named(string name) => byName.GetValueOrDefault(name);

    private void Add(IReadOnlyList<FormNode> nodes, Place parent)
    {
        foreach (var node in nodes)
        {
            var place = new Place(node.Name, parent, node, node is FormSection { IsFlat: true });
            byNode[node] = place;
            if (node is FormQuestion or FormSection)
                byName[node.Name] = byName.ContainsKey(node.Name) ? null : place;
            if (node is FormSection section)
                Add(section.Children, place);
        }
    }
}
