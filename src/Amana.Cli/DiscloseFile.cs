using System.Collections.Immutable;
using Amana.Disclosure;

namespace Amana.Cli;

/// <summary>A file of records as the command reads and writes it. What is wrong with it is said with file, row and column.</summary>
internal sealed class DiscloseFile
{
    private readonly CsvForm? _form;

    private DiscloseFile(string path, Microdata microdata, CsvForm? form) => (Path, Microdata, _form) = (path, microdata, form);

    public string Path { get; }

    public Microdata Microdata { get; }

    /// <summary>Reads the file, or only some of its columns; the texts given stand for a value that is not there.</summary>
    public static async Task<DiscloseFile> Read(string path, IEnumerable<string>? columns, string[] notThere, CancellationToken cancellation)
    {
        ImmutableArray<string>? wished = columns is null ? null : [.. columns.Distinct(StringComparer.Ordinal)];
        if (DiscloseParquet.IsParquet(path))
            return new DiscloseFile(path, await DiscloseParquet.Read(path, wished, cancellation), null);
        await using var stream = InputFile.Open(path);
        DiscloseFile? read = null;
        await Terminal.Counting($"Reading {System.IO.Path.GetFileName(path)}", count => Task.Run(
            () =>
            {
                var form = CsvForm.Of(stream);
                var progress = new Told<int>(_ => count((int)(stream.Position >> 10), (int)(stream.Length >> 10) + 1));
                read = new DiscloseFile(path, Given(CsvMicrodata.Read(stream, new CsvWishes { Columns = wished, Form = form, MissingMarks = [.. notThere] }, progress, cancellation), path), form);
            },
            cancellation));
        if (read!.Microdata.RowCount == 0)
            throw new RefusedException($"{path}: there are names but no records.");
        if (notThere.Length == 0 && read.Microdata.Columns.FirstOrDefault(c => c.Categories.Contains("NA")) is { } doubtful)
            Console.Error.WriteLine($"Column '{doubtful.Name}' holds NA. It is taken as a value; with --na NA it is taken as no value.");
        return read;
    }

    /// <summary>Refuses, by its name, a column that the file does not have.</summary>
    public void Need(IEnumerable<string> columns)
    {
        foreach (var column in columns)
        {
            if (!Microdata.Has(column))
                throw new RefusedException($"{Path}: there is no column '{column}'. There are: {string.Join(", ", Microdata.Columns.Select(c => c.Name))}.");
        }
    }

    /// <summary>Writes other microdata in the form of this file, whole or not at all.</summary>
    public async Task Write(Microdata microdata, string to, CancellationToken cancellation)
    {
        if (System.IO.Path.GetFullPath(to) == System.IO.Path.GetFullPath(Path))
            throw new RefusedException($"{to} is the file that is read; the result goes into another one.");
        if (DiscloseParquet.IsParquet(to))
        {
            await InputFile.Write(to, stream => DiscloseParquet.Write(microdata, stream, cancellation));
            return;
        }

        await Terminal.Counting($"Writing {System.IO.Path.GetFileName(to)}", count => InputFile.Write(to, stream => Task.Run(
            () => CsvWriting.Write(microdata, stream, _form, new Told<int>(rows => count(rows, microdata.RowCount)), cancellation), cancellation)));
    }

    /// <summary>The value, or the refusal in words.</summary>
    public static T Given<T>(Answer<T> answer, string path) => answer switch
    {
        Answer<T>.Given given => given.Value,
        Answer<T>.Refused { Fault: var fault } => throw new RefusedException($"{path}{Place(fault)}: {InWords(fault)}"),
        _ => throw new InvalidOperationException("An answer is given or refused."),
    };

    /// <summary>Measures; more keys or categories than a method takes are refused in its words.</summary>
    public static T Within<T>(string path, Func<T> measure)
    {
        try
        {
            return measure();
        }
        catch (ArgumentException e)
        {
            throw new RefusedException($"{path}: {e.Message.Split(" (Parameter")[0]}");
        }
    }

    private static string Place(Fault fault) =>
        fault.Line == 0 ? "" : fault.Slug.StartsWith("csv.", StringComparison.Ordinal) || fault.Slug is "hierarchy.uneven-line" or "hierarchy.value-twice" or "hierarchy.group-split"
            ? $", line {fault.Line}"
            : $", record {fault.Line}";

    private static string InWords(Fault fault) => fault.Slug switch
    {
        "csv.empty" => "the file is empty.",
        "csv.uneven-row" => "there are more or fewer fields than names in the first line.",
        "csv.unclosed-quote" => "a quote is opened here and never closed.",
        "csv.record-too-long" => "a record is longer than 4 million characters.",
        "csv.unnamed-column" => "a column has no name.",
        "csv.column-named-twice" => $"two columns are named '{fault.Subject}'.",
        "csv.no-such-column" => $"there is no column '{fault.Subject}'.",
        "column.not-a-number" => $"column '{fault.Subject}' holds something that is not a number.",
        "weight.not-positive" => $"column '{fault.Subject}' holds a weight that is missing or not above 0.",
        "hierarchy.empty" => $"the hierarchy of '{fault.Subject}' is empty.",
        "hierarchy.uneven-line" => $"the hierarchy of '{fault.Subject}' has another number of levels here.",
        "hierarchy.value-twice" => $"the hierarchy of '{fault.Subject}' lists a value a second time.",
        "hierarchy.group-split" => $"the hierarchy of '{fault.Subject}' puts the same group under two different ones.",
        "hierarchy.value-unknown" => $"column '{fault.Subject}' holds a value that its hierarchy does not have.",
        "recoding.out-of-reach" => "not even the top levels reach k within the suppression allowed.",
        _ => $"{fault.Slug} {fault.Subject}".TrimEnd() + ".",
    };
}

/// <summary>Passes reports on at once, on the thread that makes them.</summary>
internal sealed class Told<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
