using System.Globalization;

namespace Amana.XForms.Reading;

/// <summary>Rows of the types geopoint, geotrace and geoshape.</summary>
internal static class GeoRows
{
    public static bool Read(QuestionDraft question, TableRow row, RowFacts facts, SurveyContext context)
    {
        var parameters = facts.Parameters;
        var place = context.Table.Place(row, "parameters");
        var isPoint = facts.Type == "geopoint";
        var good = isPoint
            ? parameters.OnlyHas(context.Log, place, "allow-mock-accuracy", "capture-accuracy", "reference-geometry", "warning-accuracy")
            : parameters.OnlyHas(context.Log, place, "allow-mock-accuracy", "incremental", "reference-geometry");
        if (!good)
            return false;
        if (isPoint)
        {
            Accuracy(question, "capture-accuracy", "accuracyThreshold", row, parameters, context);
            Accuracy(question, "warning-accuracy", "unacceptableAccuracyThreshold", row, parameters, context);
        }

        Incremental(question, row, parameters, context);
        if (parameters["allow-mock-accuracy"] is { } mock && parameters.IsOneOf("allow-mock-accuracy", context.Log, place, "true", "false"))
            question.Bind("odk:allow-mock-accuracy", mock);
        if (parameters["reference-geometry"] is { } geometry)
        {
            context.Geometries.Add(new PendingReference(geometry, place));
            question.ChoicesFrom = geometry;
        }

        return true;
    }

    /// <summary>Looks the reference geometries up: each must be an instance of the form, or one reference to a repeat.</summary>
    public static void CheckGeometries(SurveyContext context)
    {
        foreach (var (name, place) in context.Geometries)
        {
            var isInstance = context.InstanceNames.Contains(name) || context.Choices[name] is not null || context.Entities.Has(name);
            if (!isInstance && !(References.IsOne(name) && context.RepeatNames.Contains(References.Match(name, 0)!.Value.Name)))
                context.Log.Error("geometry.unknown", $"reference-geometry is '{name}', but must name a list of the choices or entities sheet, an attached file without its ending, or be a reference to a repeat.", place);
        }
    }

    private static void Incremental(QuestionDraft question, TableRow row, Parameters parameters, SurveyContext context)
    {
        if (parameters["incremental"] is not { } incremental)
            return;
        if (BindWords.YesNo(incremental) == true)
            question.Body("incremental", "true");
        else
            context.Error("parameters.value", "The parameter incremental can be true, or be left out.", row, "parameters");
    }

    private static void Accuracy(QuestionDraft question, string key, string attribute, TableRow row, Parameters parameters, SurveyContext context)
    {
        if (parameters[key] is not { } value)
            return;
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            question.Body(attribute, value);
        else
            context.Error("parameters.value", $"The parameter {key} is '{value}', but must be a number of metres.", row, "parameters");
    }
}
