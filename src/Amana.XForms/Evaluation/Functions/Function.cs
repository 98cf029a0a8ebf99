namespace Amana.XForms.Evaluation;

/// <summary>A function of the dialect: its name, how many arguments it takes, and what it gives.</summary>
/// <param name="Name">Name as forms write it.</param>
/// <param name="Least">Fewest arguments.</param>
/// <param name="Most">Most arguments.</param>
/// <param name="Body">What it gives.</param>
internal sealed record Function(string Name, int Least, int Most, FunctionBody Body)
{
    /// <summary>Gives the same whenever it is asked with the same arguments, wherever it stands.</summary>
    public bool IsPure { get; init; } = true;

    /// <summary>Depends on the moment, on chance, or on the device: its value cannot be worked out again later.</summary>
    public bool IsVolatile { get; init; }

    /// <summary>For functions whose arguments come in pairs behind the first: how many there may be besides the fewest goes by so much.</summary>
    public int Step { get; init; } = 1;

    public string Arity => Step > 1 ? string.Join(", ", Enumerable.Range(0, 3).Select(i => Least + (i * Step))) + " and so on" : Least == Most ? $"{Least}" : Most == int.MaxValue ? $"{Least} or more" : $"{Least} to {Most}";

    public bool Takes(int count) => count >= Least && count <= Most && (count - Least) % Step == 0;
}

internal delegate XPathValue FunctionBody(Evaluator evaluator, CallSyntax call, in Scope scope);

/// <summary>The functions of the ODK dialect (ODK XForms specification, section "XPath functions", and those that ODK's engine adds).</summary>
internal static class FunctionLibrary
{
    private static readonly Dictionary<string, Function> s_functions = Collect();

    public static IReadOnlyCollection<string> Names => s_functions.Keys;

    public static bool TryFind(string name, out Function function) => s_functions.TryGetValue(name, out function!);

    private static Dictionary<string, Function> Collect()
    {
        var functions = new Dictionary<string, Function>(StringComparer.Ordinal);
        foreach (var function in (IEnumerable<Function>)
            [.. LogicFunctions.All, .. TextFunctions.All, .. NumberFunctions.All, .. TimeFunctions.All, .. NodeFunctions.All, .. ListFunctions.All,
                .. GeoFunctions.All, .. CodeFunctions.All])
        {
            functions.Add(function.Name, function);
        }

        return functions;
    }
}
