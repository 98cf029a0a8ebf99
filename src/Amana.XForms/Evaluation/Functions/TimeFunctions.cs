namespace Amana.XForms.Evaluation;

/// <summary>Dates and times.</summary>
internal static class TimeFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("now", 0, 0, (Evaluator e, CallSyntax _, in Scope _) => XPathValue.Of(e.Now)) { IsVolatile = true },
        new("today", 0, 0, (Evaluator e, CallSyntax _, in Scope _) => XPathValue.Of(Midnight(e.Now))) { IsVolatile = true },
        new("date", 1, 1, (Evaluator e, CallSyntax c, in Scope s) => Date(e, c, s, keepTime: false)),
        new("date-time", 1, 1, (Evaluator e, CallSyntax c, in Scope s) => Date(e, c, s, keepTime: true)),
        new("decimal-date-time", 1, 1, (Evaluator e, CallSyntax c, in Scope s) => Decimal(e, c, s, keepDay: true)),
        new("decimal-time", 1, 1, (Evaluator e, CallSyntax c, in Scope s) => Decimal(e, c, s, keepDay: false)),
        new("format-date", 2, 2, Format),
        new("format-date-time", 2, 2, Format),
    ];

    private static DateTimeOffset Midnight(DateTimeOffset moment) => new(moment.Date, moment.Offset);

    private static XPathValue Date(Evaluator e, CallSyntax call, in Scope scope, bool keepTime)
    {
        var value = ToMoment(e, call, e.Single(call.Arguments[0], scope), keepTime);
        return value.Kind == ValueKind.Date && !keepTime ? XPathValue.Of(Midnight(value.Moment)) : value;
    }

    /// <summary>A moment out of a date, an ISO text or a count of days; what is empty stays empty.</summary>
    private static XPathValue ToMoment(Evaluator e, CallSyntax call, XPathValue value, bool keepTime)
    {
        switch (value.Kind)
        {
            case ValueKind.Date:
                return value;
            case ValueKind.Number:
                var days = keepTime ? value.AsNumber() : Numbers.Whole(value.AsNumber());
                if (double.IsNaN(days))
                    return XPathValue.Empty;
                if (days is < -700_000 or > 2_900_000)
                    return e.Fail(call, $"{value.AsText()} days lead to no date of the calendar.");
                return XPathValue.Of(keepTime
                    ? DateTimeOffset.UnixEpoch.AddDays(days).ToOffset(e.Offset)
                    : new DateTimeOffset(DateTime.UnixEpoch.AddDays(days).Ticks, e.Offset));
            case ValueKind.Text when value.AsText().Length == 0:
                return XPathValue.Empty;
            case ValueKind.Text when Moments.TryRead(value.AsText(), e.Offset, out var moment):
                return XPathValue.Of(moment);
            default:
                return e.Problem is null ? e.Fail(call, "This is not a date (year-month-day).") : XPathValue.Empty;
        }
    }

    private static XPathValue Decimal(Evaluator e, CallSyntax call, in Scope scope, bool keepDay)
    {
        var value = e.Single(call.Arguments[0], scope);
        if (value.Kind == ValueKind.Number)
            return keepDay ? value : XPathValue.Of(value.AsNumber() - Math.Floor(value.AsNumber()));
        if (!keepDay && value.Kind == ValueKind.Text && Moments.TryReadTimeOfDay(value.AsText(), e.Offset, out var time))
            return XPathValue.Of(time.TimeOfDay.TotalDays);
        var moment = ToMoment(e, call, value, keepTime: true);
        if (moment.Kind != ValueKind.Date)
            return moment;
        return XPathValue.Of(keepDay ? Moments.Days(moment.Moment) : moment.Moment.TimeOfDay.TotalDays);
    }

    private static XPathValue Format(Evaluator e, CallSyntax call, in Scope scope)
    {
        var argument = e.Single(call.Arguments[0], scope);
        var pattern = e.Text(call.Arguments[1], scope);
        if (argument.Kind == ValueKind.Text && Moments.TryReadTimeOfDay(argument.AsText(), e.Offset, out var time))
            argument = XPathValue.Of(time);
        var value = ToMoment(e, call, argument, keepTime: true);
        if (value.Kind != ValueKind.Date)
            return XPathValue.Empty;
        return Moments.Format(value.Moment, pattern, e.Culture) is { } text
            ? e.Made(text, call)
            : e.Fail(call, $"The date pattern '{pattern}' has a letter after % that has no meaning.");
    }
}
