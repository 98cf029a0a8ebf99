namespace Amana.XForms.Evaluation;

/// <summary>
/// Everything outside the form that an expression may ask for. Evaluation is a pure function of the form, the instance and this:
/// the same context gives the same values.
/// </summary>
public sealed record EvaluationContext
{
    /// <summary>The moment that <c>now()</c> and <c>today()</c> give.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The time zone in which days begin.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Seed of <c>random()</c>, <c>uuid()</c> and an unseeded <c>randomize()</c>.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Where identifiers come from. Null draws them from the seed, which is enough to check and to test with; whoever keeps them gives a real source.
    /// </summary>
    public Func<Guid>? NewUuid { get; init; }

    /// <summary>Language of labels; null takes the form's default.</summary>
    public string? Language { get; init; }

    /// <summary>What <c>property('…')</c> and metadata questions give: <c>username</c>, <c>deviceid</c>, <c>email</c>, <c>phonenumber</c>.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Lists that come with the form as files, by instance id: the document node of each (see <see cref="ItemLists"/>).</summary>
    public IReadOnlyDictionary<string, InstanceNode> Lists { get; init; } = new Dictionary<string, InstanceNode>();

    /// <summary>Bounds of each evaluation.</summary>
    public EvaluationLimits Limits { get; init; } = EvaluationLimits.Standard;

    internal DateTimeOffset LocalNow => TimeZoneInfo.ConvertTime(Now, TimeZone);

    internal TimeSpan Offset => TimeZone.GetUtcOffset(Now);
}

/// <summary>Where an expression stands: its node, the node that <c>current()</c> means, and its place in the set a predicate filters (0: in none).</summary>
internal readonly record struct Scope(InstanceNode Node, InstanceNode Current, int Position = 0, int Size = 0)
{
    public static Scope At(InstanceNode node) => new(node, node);
}
