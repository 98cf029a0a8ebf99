using System.Reflection;
using System.Reflection.Metadata;

namespace Amana.Architecture.Tests;

public sealed class Sizes_and_names
{
    private static readonly string[] Endings = ["Manager", "Helper", "Util", "Utils", "Service", "Processor", "Info", "Data", "Base", "Impl"];

    [Fact]
    public void Of_files_stay_in_bounds() => Assert.Empty(TooLong(Repository.Source));

    [Fact]
    public void Of_long_files_are_found() => Assert.Equal(["a.cs: 301", "b.cshtml: 201"], TooLong([Of("a.cs", 301), Of("b.cshtml", 201), Of("c.cs", 300), Of("d.cshtml", 200)]));

    [Fact]
    public void Of_methods_stay_in_bounds() => Assert.Empty(Repository.Assemblies.SelectMany(LongMethods));

    [Fact]
    public void Of_long_methods_are_found() => Assert.Contains(LongMethods(typeof(Sample.Long).Assembly), m => m.StartsWith("Long.Method:", StringComparison.Ordinal));

    [Fact]
    public void Of_constructors_stay_in_bounds() => Assert.Empty(Greedy(Repository.Assemblies.SelectMany(Repository.Written)));

    [Fact]
    public void Of_greedy_constructors_are_found() => Assert.Equal(["Greedy"], Greedy([typeof(Sample.Greedy), typeof(Sample.OpenEntity)]));

    [Fact]
    public void Say_what_a_type_is() => Assert.Empty(Vague(Repository.Assemblies.SelectMany(Repository.Written)));

    [Fact]
    public void That_say_nothing_are_found() => Assert.Equal(["RecordManager"], Vague([typeof(Sample.RecordManager), typeof(Sample.OpenEntity)]));

    private static SourceFile Of(string path, int lines) => SourceFile.Of(path, string.Join('\n', Enumerable.Repeat("x", lines)) + "\n");

    private static List<string> TooLong(IEnumerable<SourceFile> files) =>
        [.. files.Where(f => f.Lines > (f.Path.EndsWith(".cshtml", StringComparison.Ordinal) ? 200 : 300)).Select(f => $"{f.Path}: {f.Lines}")];

    /// <summary>Parts that are handed more than six things, at least one of them a part itself. What carries plain values only is no such part.</summary>
    private static List<string> Greedy(IEnumerable<Type> types) =>
        [.. types.Where(t => t.IsClass && t.GetMethod("<Clone>$") is null && !t.IsSubclassOf(typeof(Attribute))
            && t.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Any(c => c.GetParameters() is { Length: > 6 } given && given.Any(p => IsPart(p.ParameterType)))).Select(t => t.Name)];

    private static bool IsPart(Type type) => (type.IsClass || type.IsInterface) && type != typeof(string) && !type.IsArray;

    private static List<string> Vague(IEnumerable<Type> types) => [.. types.Select(t => t.Name.Split('`')[0]).Where(n => Endings.Any(e => n.EndsWith(e, StringComparison.Ordinal)))];

    /// <summary>Methods of more than 40 lines, as the debugger knows them: from the first to the last line that does something, braces included.</summary>
    private static List<string> LongMethods(Assembly assembly)
    {
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb")));
        var reader = symbols.GetMetadataReader();
        var found = new List<string>();
        foreach (var handle in reader.MethodDebugInformation)
        {
            var points = reader.GetMethodDebugInformation(handle).GetSequencePoints().Where(p => !p.IsHidden && IsWritten(reader, p.Document)).ToList();
            if (points.Count == 0 || points.Select(p => p.Document).Distinct().Count() > 1)
                continue;
            var lines = points.Max(p => p.EndLine) - points.Min(p => p.StartLine) + 1;
            if (lines > 40 && assembly.ManifestModule.ResolveMethod(System.Reflection.Metadata.Ecma335.MetadataTokens.GetToken(handle.ToDefinitionHandle())) is { Name: not (".ctor" or ".cctor") } method)
                found.Add($"{method.DeclaringType!.Name}.{method.Name}: {lines}");
        }

        return found;
    }

    private static bool IsWritten(MetadataReader reader, DocumentHandle handle)
    {
        var name = reader.GetString(reader.GetDocument(handle).Name);
        return name.EndsWith(".cs", StringComparison.Ordinal) && !name.Contains("/obj/", StringComparison.Ordinal) && !name.EndsWith(".g.cs", StringComparison.Ordinal);
    }
}
