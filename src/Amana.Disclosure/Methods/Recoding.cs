using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>What a recoding is to lose as little of as possible.</summary>
public enum RecodingObjective
{
    /// <summary>How much of each hierarchy a cell covers, a suppressed cell counting as all of it (Iyengar 2002; geometric mean over the keys).</summary>
    Loss,

    /// <summary>Non-uniform entropy of the coarsening, in bits; suppression is bounded, not counted.</summary>
    Entropy,
}

/// <summary>What to reach by recoding.</summary>
public sealed record RecodingGoal
{
    /// <summary>Least number of records in every group.</summary>
    public int K { get; init; } = 5;

    /// <summary>Share of records, in [0,1], whose keys may be suppressed altogether.</summary>
    public double SuppressionLimit { get; init; }

    public RecodingObjective Objective { get; init; } = RecodingObjective.Loss;
}

/// <summary>The best recoding of key variables to one level each (global recoding): no other choice of levels reaches the goal at less loss.</summary>
public sealed class Recoding
{
    private readonly Microdata _microdata;
    private readonly ImmutableArray<Hierarchy> _hierarchies;

    internal Recoding(Microdata microdata, ImmutableArray<Hierarchy> hierarchies, LatticeFind find, int evaluated)
    {
        _microdata = microdata;
        _hierarchies = hierarchies;
        Levels = find.Levels;
        Cost = find.Cost;
        Loss = find.Loss;
        Entropy = find.Entropy;
        Classes = find.Classes;
        SuppressedRows = find.SuppressedRows;
        NodesEvaluated = evaluated;
    }

    /// <summary>Level of each key, in the order of the hierarchies.</summary>
    public ImmutableArray<int> Levels { get; }

    /// <summary>The objective: loss in [0,1], or entropy in bits.</summary>
    public double Cost { get; }

    /// <summary>Iyengar's loss in [0,1], suppressed cells included, whatever the objective was.</summary>
    public double Loss { get; }

    /// <summary>Non-uniform entropy of the levels in bits, suppression left aside, whatever the objective was.</summary>
    public double Entropy { get; }

    /// <summary>Number of different combinations among the records that are kept.</summary>
    public int Classes { get; }

    /// <summary>Rows whose group stays below k and whose keys are therefore suppressed.</summary>
    public ImmutableArray<int> SuppressedRows { get; }

    /// <summary>Choices of levels that had to be counted out; the others could not have been better.</summary>
    public int NodesEvaluated { get; }

    /// <summary>The microdata with the keys at these levels. Suppressed rows have no key value left, or are left out.</summary>
    public Microdata Apply(bool leaveOutSuppressed = false)
    {
        var result = _microdata;
        for (var a = 0; a < _hierarchies.Length; a++)
        {
            var column = _hierarchies[a].Coarsen(result[_hierarchies[a].Name], Levels[a]).OrThrow();
            foreach (var row in SuppressedRows)
                column.CodeArray[row] = Column.Missing;
            result = result.With(column);
        }

        return leaveOutSuppressed ? result.Rows(Enumerable.Range(0, result.RowCount).Except(SuppressedRows)) : result;
    }
}

/// <summary>A choice of levels and what it comes to.</summary>
internal sealed record LatticeFind(ImmutableArray<int> Levels, double Cost, int Classes, ImmutableArray<int> SuppressedRows)
{
    public double Loss { get; init; }

    public double Entropy { get; init; }
}

/// <summary>Global recoding over hierarchies.</summary>
public static class Recode
{
    /// <summary>
    /// Finds the best levels. The keys are the variables of the hierarchies; a missing value is a category of its own that no level
    /// makes coarser. Refuses a value that is not in its hierarchy, and answers a refusal where even the top levels do not reach k
    /// within the suppression limit.
    /// </summary>
    /// <param name="microdata">What to recode.</param>
    /// <param name="hierarchies">One per key.</param>
    /// <param name="goal">What to reach.</param>
    /// <param name="progress">Told the share of the choices that is decided.</param>
    public static Answer<Recoding> FindBest(
        Microdata microdata, IEnumerable<Hierarchy> hierarchies, RecodingGoal goal, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(goal.K, 1);
        ImmutableArray<Hierarchy> all = [.. hierarchies];
        var unknown = all.FirstOrDefault(h => h.Leaves(microdata[h.Name]) is null);
        if (unknown is not null)
            return new Answer<Recoding>.Refused(unknown.UnknownIn(microdata[unknown.Name])!);
        var table = new LatticeTable(KeyClasses.Of(microdata, all.Select(h => h.Name)), all, goal);
        var search = new LatticeSearch(table, progress, cancellation);
        return search.Run() is { } best
            ? new Answer<Recoding>.Given(new Recoding(microdata, all, best, search.Evaluated))
            : new Answer<Recoding>.Refused(new Fault("recoding.out-of-reach", 0, string.Empty));
    }
}
