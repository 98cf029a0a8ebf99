using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>What is swapped for what.</summary>
public sealed record RecordSwappingGoal
{
    /// <summary>Columns of the place, from the widest to the narrowest; the same for all of a household.</summary>
    public required ImmutableArray<string> Places { get; init; }

    /// <summary>Variables by which a household could be found within a place.</summary>
    public required ImmutableArray<string> Keys { get; init; }

    /// <summary>Variables in which two households that swap agree (as read from their first members), besides their size.</summary>
    public ImmutableArray<string> Alike { get; init; } = [];

    /// <summary>A household is at risk where one of its members is one of fewer than this in the place.</summary>
    public int K { get; init; } = 3;

    /// <summary>Share of households, in [0,1], that are swapped at least, those at risk included.</summary>
    public double Rate { get; init; } = 0.05;

    /// <summary>Must stay secret. The same data, goal and seed give the same result.</summary>
    public int Seed { get; init; }
}

/// <summary>
/// Targeted record swapping: households that are easily found where they live exchange their place with a like household elsewhere, within
/// the same wider place where they are not at risk there. Everything but the places stays as it was, and so do the counts of each place.
/// </summary>
public sealed class RecordSwapping
{
    private RecordSwapping(Microdata result, int swapped, int atRisk, int withoutPartner) => (Result, Swapped, AtRisk, WithoutPartner) = (result, swapped, atRisk, withoutPartner);

    public Microdata Result { get; }

    /// <summary>Households that have another place now.</summary>
    public int Swapped { get; }

    /// <summary>Households that were at risk.</summary>
    public int AtRisk { get; }

    /// <summary>Households at risk for which no like one was found elsewhere: they are where they were.</summary>
    public int WithoutPartner { get; }

    /// <summary>Swaps. Refuses a household with members in two places; throws where the microdata do not say who lives together.</summary>
    public static Answer<RecordSwapping> Run(Microdata microdata, RecordSwappingGoal goal, CancellationToken cancellation = default)
    {
        if (microdata.Household is null)
            throw new ArgumentException("The microdata do not say who lives together.", nameof(microdata));
        if (goal.Places.IsDefaultOrEmpty)
            throw new ArgumentException("There is no place to swap.", nameof(goal));
        var homes = new Homes(microdata, goal);
        if (homes.Divided is { } fault)
            return new Answer<RecordSwapping>.Refused(fault);
        var swap = new Swap(homes, goal, cancellation);
        swap.Run();
        var result = microdata;
        foreach (var place in goal.Places)
        {
            var column = microdata[place];
            result = result.With(Column.Own(place, [.. homes.OfRow.Select(home => column.CodeArray[homes.FirstRow[swap.PlaceOf[home]]])], column.Categories));
        }

        return new Answer<RecordSwapping>.Given(new RecordSwapping(result, swap.Swapped, swap.AtRisk, swap.WithoutPartner));
    }

    /// <summary>The households, where they are and how narrowly they would have to be looked at to be found.</summary>
    private sealed class Homes
    {
        public Homes(Microdata microdata, RecordSwappingGoal goal)
        {
            var household = microdata.Household!;
            var number = new Dictionary<int, int>();
            OfRow = new int[microdata.RowCount];
            for (var row = 0; row < OfRow.Length; row++)
            {
                var code = household.CodeArray[row];
                if (code == Column.Missing || !number.TryGetValue(code, out var home))
                {
                    home = FirstRow.Count;
                    FirstRow.Add(row);
                    if (code != Column.Missing)
                        number[code] = home;
                }

                OfRow[row] = home;
            }

            // Places[l][home]: the place down to level l. A home at risk at a wide level is so at each narrower one.
            Places = [.. Enumerable.Range(1, goal.Places.Length).Select(n => ByRow(microdata, goal.Places.Take(n)))];
            Divided = Enumerable.Range(0, OfRow.Length).Where(row => Places[^1][row] != Places[^1][FirstRow[OfRow[row]]])
                .Select(row => new Fault("record-swapping.household-in-two-places", row + 1, household.Name)).FirstOrDefault();
            RiskLevel = new int[FirstRow.Count];
            Array.Fill(RiskLevel, goal.Places.Length);
            for (var level = goal.Places.Length - 1; level >= 0; level--)
                NoteRisk(KAnonymity.Measure(microdata, goal.Places.Take(level + 1).Concat(goal.Keys)), level, goal.K);
            var size = new int[FirstRow.Count];
            foreach (var home in OfRow)
                size[home]++;
            var alike = goal.Alike.IsDefaultOrEmpty ? new int[OfRow.Length] : ByRow(microdata, goal.Alike);
            Kind = [.. FirstRow.Select((row, home) => (alike[row], size[home]))];
        }

        public int[] OfRow { get; }

        public List<int> FirstRow { get; } = [];

        public int[][] Places { get; }

        public Fault? Divided { get; }

        /// <summary>The widest level at which the home is at risk; the number of levels where it is at none.</summary>
        public int[] RiskLevel { get; }

        public (int Alike, int Size)[] Kind { get; }

        public int Count => FirstRow.Count;

        public int PlaceOf(int home, int level) => level < 0 ? 0 : Places[level][FirstRow[home]];

        private static int[] ByRow(Microdata microdata, IEnumerable<string> columns) => KeyClasses.Of(microdata, columns).RowClasses;

        private void NoteRisk(KAnonymity anonymity, int level, int k)
        {
            for (var row = 0; row < OfRow.Length; row++)
            {
                if (anonymity.Frequency(row) < k)
                    RiskLevel[OfRow[row]] = level;
            }
        }
    }

    private sealed class Swap
    {
        private readonly Homes _homes;
        private readonly RecordSwappingGoal _goal;
        private readonly CancellationToken _cancellation;
        private readonly bool[] _isSwapped;
        private readonly int[] _order;
        private readonly Dictionary<(int Level, int Within, (int, int) Kind), List<int>> _candidates = [];

        public Swap(Homes homes, RecordSwappingGoal goal, CancellationToken cancellation)
        {
            (_homes, _goal, _cancellation) = (homes, goal, cancellation);
            _isSwapped = new bool[homes.Count];
            PlaceOf = [.. Enumerable.Range(0, homes.Count)];
            _order = [.. PlaceOf];
            new Random(goal.Seed).Shuffle(_order);
            AtRisk = homes.RiskLevel.Count(level => level < goal.Places.Length);
        }

        /// <summary>Per home, the home whose place it has now.</summary>
        public int[] PlaceOf { get; }

        public int Swapped => _isSwapped.Count(s => s);

        public int AtRisk { get; }

        public int WithoutPartner { get; private set; }

        public void Run()
        {
            for (var level = 0; level < _goal.Places.Length; level++)
            {
                foreach (var home in _order.Where(h => _homes.RiskLevel[h] == level))
                {
                    if (!_isSwapped[home] && !TrySwap(home, level))
                        WithoutPartner++;
                }
            }

            // The rest is swapped so that a home in a strange place is not known to be one that was at risk.
            var wanted = (int)Math.Ceiling(_goal.Rate * _homes.Count) - Swapped;
            foreach (var home in _order)
            {
                if (wanted <= 0)
                    return;
                if (!_isSwapped[home] && TrySwap(home, _goal.Places.Length - 1))
                    wanted -= 2;
            }
        }

        private bool TrySwap(int home, int level)
        {
            _cancellation.ThrowIfCancellationRequested();
            var candidates = Candidates(level, _homes.PlaceOf(home, level - 1), _homes.Kind[home]);
            var partner = candidates.FindLastIndex(other => !_isSwapped[other] && _homes.PlaceOf(other, level) != _homes.PlaceOf(home, level));
            if (partner < 0)
                return false;
            var found = candidates[partner];
            candidates.RemoveAt(partner);
            (PlaceOf[home], PlaceOf[found]) = (found, home);
            (_isSwapped[home], _isSwapped[found]) = (true, true);
            return true;
        }

        /// <summary>Homes of a kind within a place, those at risk last and therefore taken first.</summary>
        private List<int> Candidates(int level, int within, (int, int) kind)
        {
            if (_candidates.Count == 0 || !_candidates.ContainsKey((level, -1, default)))
            {
                _candidates[(level, -1, default)] = [];
                foreach (var home in _order.OrderByDescending(h => _homes.RiskLevel[h]))
                {
                    var key = (level, _homes.PlaceOf(home, level - 1), _homes.Kind[home]);
                    if (!_candidates.TryGetValue(key, out var list))
                        _candidates[key] = list = [];
                    list.Add(home);
                }
            }

            return _candidates[(level, within, kind)];
        }
    }
}
