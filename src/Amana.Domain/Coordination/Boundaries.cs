using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Coordination;

/// <summary>The operation's places with their shapes, as somebody brought them from a file of boundaries; a new file replaces all of them. Shapes are drawn on a grid and simplified: they show where places lie, and measure nothing.</summary>
public sealed class Boundaries
{
    private Boundaries() { }

    public OperationId OperationId { get; private set; }
    public IReadOnlyList<BoundaryArea> Areas { get; private set; } = [];

    /// <summary>P-codes of the areas and of those in which they lie.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    /// <summary>Height of the grid, whose width is <see cref="BoundaryRules.Grid"/>.</summary>
    public int Height { get; private set; }

    /// <summary>From where the shapes are, with their date.</summary>
    public string Source { get; private set; } = "";

    public StaffId ImportedBy { get; private set; }
    public DateTimeOffset ImportedAt { get; private set; }

    public static Boundaries Of(BoundariesImported change)
    {
        var boundaries = new Boundaries { OperationId = change.OperationId };
        boundaries.Apply(change);
        return boundaries;
    }

    public void Apply(BoundariesImported change) => (Areas, Codes, Height, Source, ImportedBy, ImportedAt) = (change.Areas, [.. change.Areas.SelectMany(a => new[] { a.Code, a.Within }).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)], change.Height, change.Source, change.By, change.At);
}

/// <summary>One area: its P-code and name, the area in which it lies, and its rings on the grid, each as x and y by turns from the first corner to the last.</summary>
public sealed record BoundaryArea(string Code, string Name, string Within, string WithinName, IReadOnlyList<IReadOnlyList<int>> Rings)
{
    /// <summary>Whether work at the place of this code is work in this area: at it, in a part of it, or in the whole of which it is a part.</summary>
    public bool Concerns(string place) => place.Length > 0 && (place == Within || Place.Nest(place, Code));
}

public sealed record BoundariesImported : Change
{
    internal BoundariesImported() { }
    public OperationId OperationId { get; internal init; }
    public IReadOnlyList<BoundaryArea> Areas { get; internal init; } = [];
    public int Height { get; internal init; }
    public string Source { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Taking in boundaries: bounded, and only where their codes and the places of the operation's activities are the same (CO-3).</summary>
public static class BoundaryRules
{
    /// <summary>Width of the grid on which shapes are kept, and its greatest height.</summary>
    public const int Grid = 1000;

    /// <summary>Most areas of one file.</summary>
    public const int MostAreas = 500;

    /// <summary>Corners of all shapes together, after simplifying: the page that draws them stays small.</summary>
    public const int MostCorners = 5000;

    private const int Named = 6;

    /// <param name="operation">The operation.</param>
    /// <param name="areas">Areas as the file has them, on the grid.</param>
    /// <param name="height">Height of the grid.</param>
    /// <param name="source">From where, in words.</param>
    /// <param name="inUse">Codes of the places where activities of the operation are.</param>
    /// <param name="by">Who brought them.</param>
    /// <param name="now">When.</param>
    public static Decision<BoundariesImported> Import(OperationId operation, IReadOnlyList<BoundaryArea> areas, int height, string source, IReadOnlyCollection<string> inUse, StaffId by, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("Source", source, 300)
            .Must(areas.Count > 0, "File", "boundaries.no-areas", Principle.Coordination)
            .Must(areas.Count <= MostAreas && areas.Sum(a => a.Rings.Sum(r => r.Count / 2)) <= MostCorners && height is > 0 and <= Grid, "File", "boundaries.too-large", Principle.Coordination);
        if (areas.Where(a => a.Code.Length == 0).Select(a => a.Name).Take(Named).ToList() is { Count: > 0 } nameless)
            errors.Add(new Refusal("boundaries.without-code", Principle.Coordination).At("File").With("names", string.Join(", ", nameless)));
        if (areas.Where(a => a.Code.Length > 0).CountBy(a => a.Code, StringComparer.OrdinalIgnoreCase).Where(c => c.Value > 1).Select(c => c.Key).Take(Named).ToList() is { Count: > 0 } twice)
            errors.Add(new Refusal("boundaries.code-twice", Principle.Coordination).At("File").With("codes", string.Join(", ", twice)));
        var unknown = inUse.Where(p => p.Length > 0 && !areas.Any(a => a.Concerns(p))).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        if (areas.Count > 0 && unknown.Count > 0)
            errors.Add(new Refusal("boundaries.places-missing", Principle.Coordination).At("File").With("codes", string.Join(", ", unknown.Take(Named))).With("count", unknown.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return errors.Any ? errors.All : new BoundariesImported { OperationId = operation, Areas = areas, Height = height, Source = source.Trim(), By = by, At = now };
    }
}
