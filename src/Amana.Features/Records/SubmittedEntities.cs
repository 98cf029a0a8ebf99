using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.XForms;
using Amana.XForms.Evaluation;

namespace Amana.Features.Records;

/// <summary>An entry as a submission brings it.</summary>
public sealed record SubmittedEntity(string List, Guid Id, bool Creates, bool Updates, EntityOrigin Origin, string? Label, IReadOnlyDictionary<string, string> Properties);

/// <summary>Reads the entries that a submission makes or changes. One without a readable id, or without a label when it is new, is left out: the record itself is kept all the same.</summary>
public static class SubmittedEntities
{
    /// <summary>Most entries of one submission.</summary>
    public const int Most = 500;

    public static IEnumerable<SubmittedEntity> Of(FormVersion form, Submission submission) =>
        form.Entities.SelectMany(use => Containers([submission.Root], use.Container.Split('/').Skip(2)).Select(c => Read(use, c))).OfType<SubmittedEntity>().Take(Most);

    private static IEnumerable<InstanceNode> Containers(IEnumerable<InstanceNode> nodes, IEnumerable<string> steps) => steps.Aggregate(nodes, static (found, step) => found.SelectMany(n => All(n, step)));

    private static IEnumerable<InstanceNode> All(InstanceNode parent, string name)
    {
        for (var node = parent.First(name); node is not null; node = node.NextSame)
            yield return node;
    }

    private static SubmittedEntity? Read(EntityUse use, InstanceNode container)
    {
        if (container.First("meta")?.First("entity") is not { } entity || !Guid.TryParse(Attribute(entity, "id"), out var id))
            return null;
        var (creates, updates) = (IsOn(Attribute(entity, "create")), IsOn(Attribute(entity, "update")));
        var label = entity.First("label")?.Text.Trim();
        if ((!creates && !updates) || (creates && !updates && string.IsNullOrEmpty(label)))
            return null;
        var properties = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var save in use.Saves)
            if (save.Path[(use.Container.Length + 1)..].Split('/').Aggregate<string, InstanceNode?>(container, static (n, step) => n?.First(step)) is { } node)
                properties[save.Property] = node.Text;
        return new SubmittedEntity(use.List, id, creates, updates, Origin(entity), label, properties);
    }

    private static EntityOrigin Origin(InstanceNode entity) =>
        new(Number(entity, "baseVersion") ?? 0, Number(entity, "trunkVersion"), Guid.TryParse(Attribute(entity, "branchId"), out var branch) ? branch : null);

    private static int? Number(InstanceNode node, string name) =>
        int.TryParse(Attribute(node, name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Attribute(InstanceNode node, string name) => node.Children.FirstOrDefault(c => c.IsAttribute && c.Name == name)?.Text;

    private static bool IsOn(string? value) => value is "1" or "true";
}
