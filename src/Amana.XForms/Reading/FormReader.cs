using Amana.XForms.Workbooks;
using Amana.XForms.Writing;

namespace Amana.XForms.Reading;

/// <summary>Puts a form together from the sheets of its workbook.</summary>
internal static class FormReader
{
    public static FormModel? Read(Workbook workbook, string fallbackId, XlsFormOptions options, ProblemLog log)
    {
        if (workbook["survey"] is not { HasHeadings: true } survey)
        {
            var similar = Misspellings.OfSheet("survey", workbook.SheetNames);
            log.Error("sheet.no-survey", $"There is no sheet named 'survey'{(similar is null ? ", which holds the questions. Add one, with the columns type, name and label" : $", but {similar}. Rename it to 'survey'")}.", new FormPlace(null));
            return null;
        }

        var settings = SettingsReader.Read(workbook, fallbackId, options, log);
        var table = Table.Of(survey, Columns.Survey, settings.Settings.DefaultLanguage, settings.SingleSpaces, log);
        if (!table.HasColumn("type"))
        {
            log.Error("heading.missing", "The sheet has no column 'type'. The first row must hold the headings, type and name among them.", new FormPlace(survey.Name, 1));
            return null;
        }

        var external = ChoicesReader.External(workbook, settings, log);
        var context = new SurveyContext(workbook, table, settings, log)
        {
            Choices = ChoicesReader.Read(workbook, settings, log),
            ExternalLists = external?.Lists,
            Tags = ChoicesReader.Tags(workbook, settings, log),
            Entities = EntitiesReader.Read(workbook, settings, log),
            Limits = options.Limits,
        };
        return Assembled(context, external?.Rows);
    }

    private static FormModel? Assembled(SurveyContext context, ExternalChoices? external)
    {
        var nodes = SurveyReader.Read(context);
        GeoRows.CheckGeometries(context);
        LanguageColumns.Check(context);
        if (context.Draft.IsFlat)
            nodes = FlatForm.Of(nodes);
        string? version = null;
        if (context.Entities.Declarations.Count > 0 && EntityPlacement.Of(context.Entities, context.Log) is { } placed)
        {
            nodes = EntityPlacement.Into(nodes, EntityScope.Root, $"/{context.Draft.RootName}", placed);
            version = context.Entities.Declarations.Count > 1 || placed.Keys.Any(s => s.Repeats > 0) ? "2025.1.0" : "2024.1.0";
        }

        nodes = MetaBlock.Into(nodes, context);
        ReferenceChecks.Check(context, nodes);
        SearchedLists.Mark(nodes, context);
        var form = new FormModel
        {
            Settings = context.Settings,
            RootName = context.Draft.RootName,
            Children = nodes,
            ChoiceLists = context.Choices.Finished(),
            ExternalChoices = external,
            EntitiesVersion = version,
        };
        FormChecks.CheckNodes(nodes, context);
        FormChecks.CheckForm(form, context);
        if (context.Log.HasErrors)
            return null;
        var languages = Translations.Of(form).Languages;
        LanguageColumns.CheckCodes(languages, context);
        return form with { Languages = languages is ["default"] ? [] : languages };
    }
}
