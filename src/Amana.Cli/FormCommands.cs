using System.CommandLine;
using System.Text;
using System.Text.Json;
using Amana.XForms;
using Amana.XForms.Review;

namespace Amana.Cli;

/// <summary><c>amana form check|convert</c>: XLSForms, without a store.</summary>
public static class FormCommands
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Make() => new("form", "Check and convert XLSForms (.xlsx, .xlsm, .xls, .csv).") { Check(), ToXForm() };

    private static Command Check()
    {
        var file = new Argument<string>("FILE") { Description = "The form's workbook." };
        var json = new Option<bool>("--json") { Description = "Write what was found as JSON on standard output." };
        var command = new Command("check", "Say everything that is wrong with a form, with sheet, row and column.") { file, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var reading = Read(path, new XlsFormOptions());
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(InJson(reading), Json));
            else
                Say(path, reading);
            return reading.Form is null ? Exit.Refused : Exit.Done;
        });
        return command;
    }

    private static Command ToXForm()
    {
        var file = new Argument<string?>("FILE") { Description = "The form's workbook.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--output", "-o") { Description = "Where the XForm is written; - is standard output." };
        var name = new Option<string?>("--name") { Description = "Name of the data's root element, where the settings sheet gives none (data)." };
        var batch = new Option<string?>("--batch") { Description = "A list of forms to convert, a line each: form, XForm to write, root's name, with tabs between them. The problems of a refused form are written to XFORM.error." };
        var command = new Command("convert", "Convert a form, or a list of them, to ODK XForms.") { file, output, name, batch };
        command.Validators.Add(given =>
        {
            var (one, to, list) = (given.GetValue(file), given.GetValue(output), given.GetValue(batch));
            if (list is null ? one is null || to is null : one is not null || to is not null || given.GetValue(name) is not null)
                given.AddError("Give a FILE with --output, or --batch with a list and nothing else.");
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(batch) is { } list
            ? FormBatch.Convert(list, cancellationToken)
            : One(parsed.GetValue(file)!, parsed.GetValue(output)!, parsed.GetValue(name), cancellationToken));
        return command;
    }

    private static async Task<int> One(string path, string to, string? name, CancellationToken cancellationToken)
    {
        var reading = Read(path, name is null ? new XlsFormOptions() : new XlsFormOptions { RootName = name });
        foreach (var problem in reading.Problems)
            await Console.Error.WriteLineAsync(Line(path, problem));
        if (reading.Form is not { } form)
            return Exit.Refused;
        var xml = Encoding.UTF8.GetBytes(XFormWriter.Write(form));
        if (to != "-")
            await InputFile.Write(to, stream => stream.WriteAsync(xml, cancellationToken).AsTask());
        else
            await Console.OpenStandardOutput().WriteAsync(xml, cancellationToken);
        return Exit.Done;
    }

    private static XlsFormReading Read(string path, XlsFormOptions options)
    {
        using var stream = InputFile.Open(path);
        return XlsForm.Read(stream, Path.GetFileName(path), options);
    }

    private static void Say(string path, XlsFormReading reading)
    {
        foreach (var problem in reading.Problems)
            Console.Error.WriteLine(Line(path, problem));
        foreach (var finding in Findings(reading))
            Console.Error.WriteLine($"{path}: {finding.Severity.ToString().ToLowerInvariant()}: {finding}");
        if (reading.Form is { } form)
            Console.WriteLine($"{path}: form '{form.Settings.FormId}', {Asked(form)} questions, {Math.Max(1, form.Languages.Count)} language(s), {reading.Warnings.Count()} warning(s), no errors");
        else
            Console.Error.WriteLine($"{path}: {reading.Errors.Count()} error(s); the form cannot be used until they are mended");
    }

    /// <summary>What a person is asked or a form computes; not the block that the form keeps about itself.</summary>
    private static int Asked(FormModel form) => form.Questions.Count(q => !q.Path.Contains("/meta/", StringComparison.Ordinal));

    private static string Line(string path, FormProblem problem) => $"{path}: {(problem.Severity == FormProblemSeverity.Error ? "error" : "warning")}: {problem}";

    /// <summary>What may harm people, force them, leave them out or spoil answers: it does not stop a form here.</summary>
    private static IReadOnlyList<FormFinding> Findings(XlsFormReading reading) => reading.Form is { } form ? FormReview.Of(form) : [];

    private static object InJson(XlsFormReading reading) => new
    {
        Form = reading.Form is { } form
            ? new { Id = form.Settings.FormId, form.Settings.Title, form.Settings.Version, form.Languages, Questions = Asked(form) }
            : null,
        Findings = Findings(reading).Select(f => new { f.Rule, Severity = f.Severity.ToString().ToLowerInvariant(), f.Path, f.Message, f.Detail, f.Place.Sheet, f.Place.Row, f.Place.Column }),
        Problems = reading.Problems.Select(p => new { Severity = p.Severity.ToString().ToLowerInvariant(), p.Code, p.Message, p.Place.Sheet, p.Place.Row, p.Place.Column }),
    };
}
