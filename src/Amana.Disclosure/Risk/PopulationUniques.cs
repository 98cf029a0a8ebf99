namespace Amana.Disclosure;

/// <summary>By which model the number of population uniques was estimated.</summary>
public enum UniquenessModel
{
    /// <summary>Zayatz (1991): the sizes of classes in the file stand for those in the population.</summary>
    Zayatz,

    /// <summary>Pitman's sampling formula, fitted by maximum likelihood (Hoshino 2001).</summary>
    Pitman,

    /// <summary>Slide negative binomial (Chen &amp; Keller-McNulty 1998): a class has one person and a negative binomial number more.</summary>
    SlideNegativeBinomial,
}

/// <summary>
/// How many people of the whole population are the only ones with their combination of keys, estimated from the sizes of the classes
/// in a sample. A model that finds no fit answers null. Missing key values are a category of their own here.
/// </summary>
public sealed record PopulationUniques
{
    private const double SmallFraction = 0.1;

    private PopulationUniques(double population, double zayatz, double? pitman, double? slideNegativeBinomial) =>
        (Population, Zayatz, Pitman, SlideNegativeBinomial) = (population, zayatz, pitman, slideNegativeBinomial);

    /// <summary>People in the population: rows by sampling fraction.</summary>
    public double Population { get; }

    /// <summary>Estimated people who are unique, by Zayatz.</summary>
    public double Zayatz { get; }

    public double? Pitman { get; }

    public double? SlideNegativeBinomial { get; }

    /// <summary>
    /// The model of Dankar et al. (2012): Pitman for samples of up to a tenth; for larger ones slide negative binomial where it converges
    /// and stays below Zayatz; Zayatz else.
    /// </summary>
    public UniquenessModel Chosen { get; private init; }

    /// <summary>The estimate of the chosen model, in people.</summary>
    public double Estimate => Chosen switch
    {
        UniquenessModel.Pitman => Pitman!.Value,
        UniquenessModel.SlideNegativeBinomial => SlideNegativeBinomial!.Value,
        _ => Zayatz,
    };

    /// <summary>The estimate as a share of the population, in [0,1].</summary>
    public double Share => Population == 0 ? 0 : Estimate / Population;

    /// <summary>Estimates. The sampling fraction φ lies in (0,1]; at 1 the uniques of the file are those of the population.</summary>
    public static PopulationUniques Of(KeyClasses classes, double samplingFraction) => Of(new ClassSizes(classes.SizeArray), samplingFraction);

    /// <summary>The same, with the sampling fraction that the weights come to.</summary>
    public static PopulationUniques Of(KeyClasses classes) => Of(classes, Math.Min(1, classes.RowClasses.Length / Math.Max(1, classes.WeightArray.Sum())));

    internal static PopulationUniques Of(ClassSizes sizes, double samplingFraction)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplingFraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samplingFraction, 1);
        var population = sizes.Rows / samplingFraction;
        if (samplingFraction == 1 || sizes.Rows == 0)
            return new PopulationUniques(population, sizes.Uniques, sizes.Uniques, sizes.Uniques) { Chosen = UniquenessModel.Zayatz };
        var found = new PopulationUniques(
            population, ZayatzModel.Estimate(sizes, samplingFraction), PitmanModel.Estimate(sizes, population), SlideNegativeBinomialModel.Estimate(sizes, samplingFraction));
        var chosen = samplingFraction <= SmallFraction
            ? found.Pitman is null ? UniquenessModel.Zayatz : UniquenessModel.Pitman
            : found.SlideNegativeBinomial <= found.Zayatz ? UniquenessModel.SlideNegativeBinomial : UniquenessModel.Zayatz;
        return found with { Chosen = chosen };
    }
}

/// <summary>How many classes there are of each size.</summary>
internal sealed class ClassSizes
{
    public ClassSizes(IEnumerable<int> sizes)
    {
        foreach (var group in sizes.GroupBy(s => s).OrderBy(g => g.Key))
        {
            BySize.Add((group.Key, group.Count()));
            Classes += group.Count();
            Rows += (double)group.Key * group.Count();
        }
    }

    public List<(int Size, int Count)> BySize { get; } = [];

    public double Classes { get; }

    public double Rows { get; }

    public double Uniques => BySize.Count > 0 && BySize[0].Size == 1 ? BySize[0].Count : 0;
}
