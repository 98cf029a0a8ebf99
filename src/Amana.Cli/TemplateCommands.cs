using System.CommandLine;
using System.Text.Json;
using Amana.Domain.Templates;
using Amana.Features.Risk;
using Amana.Features.Templates;

namespace Amana.Cli;

/// <summary><c>amana template list|show|form</c>: the templates of activities that ship with the product, without a store.</summary>
public static class TemplateCommands
{
    public static Command Make() => new("template", "List the templates of activities, show one, and write its starter form.") { List(), Show(), Form() };

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "Write the templates as JSON." };
        var command = new Command("list", "Every template with its category.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(TemplateShelf.All.Select(t => new { t.Code, t.Version, t.Category, t.Short, Name = t.Name.ByLanguage, Questions = t.Questions.Count, Risks = t.Risks.Count }), PrinciplesCommand.Json));
            else
                foreach (var t in TemplateShelf.All)
                    Console.WriteLine($"{t.Code,-22} {t.Category,-28} {t.Name.In("en")}");
            return Exit.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var code = Code();
        var language = new Option<string>("--language") { Description = "Language of the words: en, fr, es or ar.", DefaultValueFactory = _ => "en" };
        var json = new Option<bool>("--json") { Description = "Write the template as JSON, words in all languages." };
        var command = new Command("show", "One template: purpose, needs, questions with their sensitivity, risks, dates.") { code, language, json };
        command.SetAction(parsed =>
        {
            var t = Find(parsed.GetValue(code)!);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(t, PrinciplesCommand.Json));
            else
                Say(t, parsed.GetValue(language)!);
            return Exit.Done;
        });
        return command;
    }

    private static void Say(ActivityTemplate t, string language)
    {
        Console.WriteLine($"{t.Name.In(language)} ({t.Code} {t.Version}, {t.Category}, {t.Level})\n{t.Purpose.In(language)}");
        foreach (var need in t.Needs)
            Console.WriteLine($"{need.Code}: {need.Question.In(language)}");
        foreach (var q in t.Questions)
            Console.WriteLine($"  {q.Need} {q.Sensitivity,-15} {q.Label.In(language)}");
        foreach (var risk in t.Risks)
            Console.WriteLine($"  risk: {RiskLibrary.Find(risk)!.Text.In(language)}");
        Console.WriteLine($"Risks looked at again after {t.ReviewDays} days; kept {t.MonthsKept} months after the end, then {t.Then}.");
    }

    private static Command Form()
    {
        var code = Code();
        var output = new Option<string>("--output", "-o") { Description = "The workbook to write (.xlsx).", Required = true };
        var languages = new Option<string>("--languages") { Description = "Languages of the form, with commas, the form's own first.", DefaultValueFactory = _ => "en,fr,es,ar" };
        var command = new Command("form", "Write the template's starter form as an XLSForm.") { code, output, languages };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var workbook = TemplateForms.Of(Find(parsed.GetValue(code)!), parsed.GetValue(languages)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            await InputFile.Write(parsed.GetValue(output)!, stream => stream.WriteAsync(workbook, cancellationToken).AsTask());
            return Exit.Done;
        });
        return command;
    }

    private static Argument<string> Code() => new("TEMPLATE") { Description = "The template's code, as in 'amana template list'." };

    private static ActivityTemplate Find(string code) => TemplateShelf.Find(code) ?? throw new RefusedException($"There is no template '{code}'. See: amana template list");
}
