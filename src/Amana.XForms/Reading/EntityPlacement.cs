using Amana.XForms.Workbooks;

namespace Amana.XForms.Reading;

/// <summary>
/// Finds the section that each entity belongs to, so that its properties and expressions are read in the right turn of a repeat
/// (entities specification 2025.1), and puts it into that section's meta block. A section holds one entity at most.
/// </summary>
internal static class EntityPlacement
{
    private sealed record Request(EntityDeclaration Declaration, EntityScope Boundary, EntityScope Wanted, IReadOnlyList<EntityScope> Lineages);

    /// <summary>The entities by their places; null, with problems, when they cannot all be placed.</summary>
    public static IReadOnlyDictionary<EntityScope, FormEntity>? Of(EntitiesDraft entities, ProblemLog log)
    {
        var requests = new List<Request>();
        foreach (var declaration in entities.Declarations.OrderBy(d => d.Uses.Count == 0))
        {
            if (Wanted(declaration, log) is not { } request)
                return null;
            requests.Add(request);
        }

        if (requests is [{ Boundary.Length: 1 } only])
            return new Dictionary<EntityScope, FormEntity> { [EntityScope.Root] = only.Declaration.Entity };
        var placed = new Dictionary<EntityScope, FormEntity>();
        var taken = new Dictionary<EntityScope, EntityDeclaration>();
        foreach (var request in requests.OrderBy(r => r.Declaration.Place.Row))
        {
            if (!Place(request, placed, taken, log))
                return null;
        }

        return placed;
    }

    /// <summary>The form's nodes with the entities in their meta blocks.</summary>
    public static IReadOnlyList<FormNode> Into(IReadOnlyList<FormNode> nodes, EntityScope scope, string path, IReadOnlyDictionary<EntityScope, FormEntity> placed)
    {
        var result = new List<FormNode>(nodes.Count + 1);
        foreach (var node in nodes)
        {
            var inner = node is FormSection ? scope.Into(node.Name, node is FormRepeat ? "repeat" : "group") : scope;
            result.Add(node is FormSection section && placed.Keys.Any(inner.Contains)
                ? section with { Children = Into(section.Children, inner, section.Path, placed) }
                : node);
        }

        if (placed.TryGetValue(scope, out var entity))
        {
            result.Add(MetaBlock.Of(path, [entity with { Path = $"{path}/meta/entity", IsInRepeat = scope.Repeats > 0 }]));
        }

        return result;
    }

    private static Request? Wanted(EntityDeclaration declaration, ProblemLog log)
    {
        var uses = declaration.Uses;
        if (uses.Count == 0)
            return new Request(declaration, EntityScope.Root, EntityScope.Root, []);
        var boundary = uses.Select(u => u.Scope.Boundary).MaxBy(b => b.Repeats)!;
        var lineages = uses.Where(u => u.Property is not null).Select(u => u.Scope).Distinct().ToList();
        var wanted = lineages.Count == 0
            ? uses.Select(u => u.Scope).Where(s => s.Boundary.Equals(boundary)).MaxBy(s => s.BelowBoundary)!
            : Common(lineages, boundary);
        foreach (var use in uses)
        {
            var scope = use.Scope.Boundary;
            var fits = scope.Contains(boundary) && wanted.Length >= boundary.Length && (use.Property is null || wanted.Boundary.Equals(scope));
            if (fits)
                continue;
            var list = declaration.Entity.ListName;
            log.Error(
                "entity.scopes",
                use.Property is null
                    ? $"The entity '{list}' refers to '{use.Question}' in {scope}, but also to something in {boundary}. Copy the value there with a calculate question and refer to that."
                    : $"'{list}' takes a property from {scope}, but also something from {boundary}. Copy the value there with a calculate question, and save that.",
                use.Place);
            return null;
        }

        return new Request(declaration, boundary, wanted, lineages);
    }

    private static EntityScope Common(List<EntityScope> lineages, EntityScope boundary)
    {
        var common = lineages.Aggregate((a, b) => a.CommonWith(b));
        if (lineages.Count == 1)
            return common;
        var deepest = lineages.Where(l => l.Boundary.Equals(boundary)).Concat(lineages).First().Boundary;
        return (common.Repeats, common.BelowBoundary).CompareTo((deepest.Repeats, deepest.BelowBoundary)) > 0 ? common : deepest;
    }

    private static bool Place(Request request, Dictionary<EntityScope, FormEntity> placed, Dictionary<EntityScope, EntityDeclaration> taken, ProblemLog log)
    {
        EntityDeclaration? holder = null;
        for (var length = request.Wanted.Length; length >= request.Boundary.Length; length--)
        {
            var scope = request.Wanted.Prefix(length);
            if (taken.TryGetValue(scope, out holder))
            {
                var inLineage = request.Lineages.Select(taken.GetValueOrDefault).FirstOrDefault(t => t is not null);
                if (inLineage is null)
                    continue;
                holder = inLineage;
                break;
            }

            placed[scope] = request.Declaration.Entity;
            taken[scope] = request.Declaration;
            foreach (var lineage in request.Lineages)
            {
                for (var i = lineage.Length; i >= scope.Length; i--)
                    taken[lineage.Prefix(i)] = request.Declaration;
            }

            return true;
        }

        log.Error(
            "entity.no-place",
            $"There is no group or repeat left in {request.Boundary} for the entity '{request.Declaration.Entity.ListName}': '{holder?.Entity.ListName}' has it. Put the questions of each entity into a group of their own.",
            request.Declaration.Place);
        return false;
    }
}
