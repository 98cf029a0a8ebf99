using System.Globalization;

namespace Amana.XForms.Reading;

/// <summary>Rows of the type range: a number on a scale.</summary>
internal static class RangeRows
{
    private static readonly string[] Accepted = ["end", "placeholder", "start", "step", "tick_interval", "tick_labelset"];
    private static readonly (string Key, string Value)[] Defaults = [("start", "1"), ("end", "10"), ("step", "1")];

    public static bool Read(QuestionDraft question, TableRow row, RowFacts facts, SurveyContext context)
    {
        var parameters = facts.Parameters;
        void Fault(string message) => context.Error("range.parameters", message, row, "parameters");
        if (!parameters.OnlyHas(context.Log, context.Table.Place(row, "parameters"), Accepted))
            return false;
        var appearance = row.Value("control", "appearance") ?? string.Empty;
        var plain = appearance.Length == 0 || appearance.Contains("vertical", StringComparison.Ordinal) || appearance.Contains("no-ticks", StringComparison.Ordinal);
        if (!plain && (parameters.Has("tick_interval") || parameters.Has("placeholder") || parameters.Has("tick_labelset")))
            Fault("tick_interval, placeholder and tick_labelset go only with the appearances vertical and no-ticks, or with none.");
        foreach (var (key, value) in Defaults)
        {
            if (!parameters.Has(key))
                parameters.Set(key, value);
        }

        if (Scale.Of(parameters, Fault) is not { } scale || !scale.IsSound(Fault))
            return false;
        Labels(question, parameters, scale, appearance.Contains("no-ticks", StringComparison.Ordinal), context, Fault);
        if (scale.HasFractions)
            question.Bind("type", "decimal");
        foreach (var (key, value) in parameters.Values.Where(p => p.Key != "tick_labelset"))
            question.Body(key switch { "tick_interval" => "odk:tick-interval", "placeholder" => "odk:placeholder", _ => key }, value);
        question.Parameters = parameters.Attributes;
        return true;
    }

    private static void Labels(QuestionDraft question, Parameters parameters, Scale scale, bool noTicks, SurveyContext context, Action<string> fault)
    {
        if (parameters["tick_labelset"] is not { } list)
            return;
        question.ChoicesFrom = list;
        if (context.Choices[list] is not { } choices)
        {
            fault($"tick_labelset must name a list of the choices sheet; there is no list '{list}'.");
            return;
        }

        var values = new HashSet<decimal>();
        foreach (var choice in choices)
        {
            if (Scale.Number(choice.Name) is not { } value)
                fault($"The choices of tick_labelset must be numbers, but '{choice.Name}' is none.");
            else if (value < scale.Least || value > scale.Most)
                fault($"The choice {choice.Name} of tick_labelset lies outside the range.");
            else if ((value - scale.Start) % (scale.Interval ?? scale.Step) != 0)
                fault($"The choice {choice.Name} of tick_labelset does not lie on a {(scale.Interval is null ? "step" : "tick")} of the range.");
            else
                values.Add(value);
        }

        if (noTicks && (values.Count > 2 || !values.SetEquals([scale.Start, scale.End])))
            fault("With the appearance no-ticks, the choices of tick_labelset must be the start and the end of the range and nothing else.");
    }
}

/// <summary>The numbers of a range.</summary>
internal sealed record Scale(decimal Start, decimal End, decimal Step, decimal? Interval, decimal? Placeholder)
{
    public decimal Least => Math.Min(Start, End);

    public decimal Most => Math.Max(Start, End);

    public bool HasFractions => new[] { Start, End, Step, Interval ?? 0, Placeholder ?? 0 }.Any(n => n != decimal.Truncate(n));

    public static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000_000m ? number : null;

    public static Scale? Of(Parameters parameters, Action<string> fault)
    {
        var good = true;
        decimal? Get(string key)
        {
            if (parameters[key] is not { } text)
                return null;
            if (Number(text) is { } number)
                return number;
            fault($"The parameter {key} is '{text}', but must be a number.");
            good = false;
            return null;
        }

        var (start, end, step, interval, placeholder) = (Get("start"), Get("end"), Get("step"), Get("tick_interval"), Get("placeholder"));
        return good ? new Scale(start!.Value, end!.Value, step!.Value, interval, placeholder) : null;
    }

    public bool IsSound(Action<string> fault)
    {
        var width = Most - Least;
        if (Step == 0 || Interval == 0)
            return False(fault, $"The parameter {(Step == 0 ? "step" : "tick_interval")} must not be 0.");
        if (Step > width || Interval > width)
            return False(fault, $"The parameter {(Step > width ? "step" : "tick_interval")} is larger than the range from start to end.");
        if (Interval % Step is not (null or 0))
            return False(fault, "The parameter tick_interval must be a multiple of step.");
        if (Placeholder is { } placeholder && (placeholder - Start) % Step != 0)
            return False(fault, "The parameter placeholder must lie on a step of the range.");
        if (Placeholder < Least || Placeholder > Most)
            return False(fault, "The parameter placeholder must lie between start and end.");
        return true;
    }

    private static bool False(Action<string> fault, string message)
    {
        fault(message);
        return false;
    }
}
