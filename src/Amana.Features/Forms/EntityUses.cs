using System.Xml.Linq;
using Amana.Domain.Forms;
using Amana.XForms;

namespace Amana.Features.Forms;

/// <summary>Finds where an XForm makes or changes entries of entity lists: <c>meta/entity</c> with its <c>dataset</c>, and the binds with <c>entities:saveto</c>.</summary>
public static class EntityUses
{
    public static IReadOnlyList<EntityUse> Of(string xform)
    {
        if (SafeXml.Parse(xform).Root is not { } root || root.Descendants().FirstOrDefault(e => e.Name.LocalName == "model") is not { } model)
            return [];
        if (model.Elements().FirstOrDefault(e => e.Name.LocalName == "instance")?.Elements().FirstOrDefault() is not { } data)
            return [];
        var places = data.DescendantsAndSelf().Where(e => e.Name.LocalName == "entity" && e.Parent?.Name.LocalName == "meta" && e.Attribute("dataset") is not null)
            .Select(e => (List: e.Attribute("dataset")!.Value, Container: PathOf(e.Parent!.Parent!))).DistinctBy(e => e.Container).ToList();
        var saves = model.Elements().Where(e => e.Name.LocalName == "bind")
            .Select(b => (Path: b.Attribute("nodeset")?.Value, Property: b.Attributes().FirstOrDefault(a => a.Name.LocalName == "saveto")?.Value))
            .Where(s => s is { Path: not null, Property: not null }).Select(s => new EntitySave(s.Path!, s.Property!)).ToList();
        return [.. places.Select(p => new EntityUse(p.List, p.Container, [.. saves.Where(s => Nearest(places.Select(x => x.Container), s.Path) == p.Container)]))];
    }

    /// <summary>An answer belongs to the innermost place around it.</summary>
    private static string? Nearest(IEnumerable<string> containers, string path) => containers.Where(c => path.StartsWith(c + "/", StringComparison.Ordinal)).MaxBy(c => c.Length);

    private static string PathOf(XElement element) => string.Concat(element.AncestorsAndSelf().TakeWhile(e => e.Name.LocalName != "instance").Reverse().Select(e => "/" + e.Name.LocalName));
}
