namespace Amana.Disclosure;

/// <summary>What was wrong with something that came from outside, in a form that can be shown and translated.</summary>
/// <param name="Slug">Stable name of the fault, such as <c>csv.uneven-row</c>.</param>
/// <param name="Line">Line of the file, counted from 1, or 0 where the fault has no line.</param>
/// <param name="Subject">The column, level or separator concerned; never a value of a person.</param>
public sealed record Fault(string Slug, int Line, string Subject);

/// <summary>
/// Either the value asked for or the reason why there is none. Faulty input is answered, not thrown; an exception from this library
/// means that its caller passed something that a program should never pass.
/// </summary>
public abstract record Answer<T>
{
    private Answer()
    {
    }

    /// <summary>The value.</summary>
    public sealed record Given(T Value) : Answer<T>;

    /// <summary>The reason.</summary>
    public sealed record Refused(Fault Fault) : Answer<T>;

    /// <summary>The value, for callers that have checked the input before. Throws where there is none.</summary>
    public T OrThrow() => this switch
    {
        Given given => given.Value,
        Refused { Fault: var fault } => throw new InvalidOperationException($"{fault.Slug} at line {fault.Line}: {fault.Subject}"),
        _ => throw new InvalidOperationException("An answer is given or refused."),
    };
}
