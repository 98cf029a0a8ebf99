namespace Amana.Domain.Shared;

/// <summary>What a rule has proved may happen. Only rules of the domain can make one, so holding a change is the proof that it was decided.</summary>
public abstract record Change
{
    private protected Change() { }
}

/// <summary>A rule's answer: allowed with the change that may be applied, refused with every reason at once, or undetermined.
/// Undetermined is refused too: what cannot be judged is not allowed, and its gaps say what to mend.</summary>
public abstract record Decision<T>
{
    private Decision() { }

    public sealed record Allowed(T Change) : Decision<T>;

    public sealed record Refused(IReadOnlyList<Refusal> Reasons) : Decision<T>;

    public sealed record Undetermined(IReadOnlyList<Refusal> Gaps) : Decision<T>;

    /// <summary>Every reason or gap; empty when allowed.</summary>
    public IReadOnlyList<Refusal> Refusals => this switch
    {
        Refused r => r.Reasons,
        Undetermined u => u.Gaps,
        _ => [],
    };

    public static implicit operator Decision<T>(T change) => new Allowed(change);

    public static implicit operator Decision<T>(Refusal refusal) => new Refused([refusal]);

    public static implicit operator Decision<T>(List<Refusal> refusals) => new Refused(refusals);
}

/// <summary>What a use case answers: done with a result, or refused with reasons that a person can act on.</summary>
public abstract record Outcome<T>
{
    private Outcome() { }

    public sealed record Done(T Made) : Outcome<T>;

    public sealed record Refused(IReadOnlyList<Refusal> Reasons) : Outcome<T>;

    public bool IsDone => this is Done;

    public IReadOnlyList<Refusal> Refusals => this is Refused r ? r.Reasons : [];

    /// <summary>The result of an outcome known to be done; asking a refused one is a bug in the caller.</summary>
    public T Result => this is Done d ? d.Made : throw new InvalidOperationException("Refused: " + string.Join(", ", Refusals.Select(r => r.Slug)));

    public static implicit operator Outcome<T>(T result) => new Done(result);

    public static implicit operator Outcome<T>(Refusal refusal) => new Refused([refusal]);

    public static implicit operator Outcome<T>(List<Refusal> refusals) => new Refused(refusals);

    /// <summary>The same refusals, as the outcome of another kind of result.</summary>
    public static Outcome<T> RefusedBy(IReadOnlyList<Refusal> reasons) => new Refused(reasons);
}

/// <summary>A change that carries nothing back.</summary>
public readonly record struct Nothing
{
    public static readonly Nothing Here;
}
