using System.Text;

namespace Amana.XForms.Evaluation;

/// <summary>Texts: joining, cutting, comparing.</summary>
internal static class TextFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("string", 0, 1, (Evaluator e, CallSyntax c, in Scope s) => XPathValue.Of(OwnOr(e, c, s))) { IsPure = false },
        new("string-length", 0, 1, (Evaluator e, CallSyntax c, in Scope s) => XPathValue.Of(OwnOr(e, c, s).Length)) { IsPure = false },
        new("normalize-space", 0, 1, NormalizeSpace) { IsPure = false },
        new("concat", 1, int.MaxValue, (Evaluator e, CallSyntax c, in Scope s) => Join(e, c, "", 0, s)),
        new("join", 1, int.MaxValue, (Evaluator e, CallSyntax c, in Scope s) => Join(e, c, e.Text(c.Arguments[0], s), 1, s)),
        new("substr", 2, 3, Substr),
        new("substring", 2, 3, Substring),
        new("substring-before", 2, 2, (Evaluator e, CallSyntax c, in Scope s) => Cut(e, c, s, before: true)),
        new("substring-after", 2, 2, (Evaluator e, CallSyntax c, in Scope s) => Cut(e, c, s, before: false)),
        new("translate", 3, 3, Translate),
        new("contains", 2, 2, (Evaluator e, CallSyntax c, in Scope s) => Test(e, c, s, (text, part) => text.Contains(part, StringComparison.Ordinal))),
        new("starts-with", 2, 2, (Evaluator e, CallSyntax c, in Scope s) => Test(e, c, s, (text, part) => text.StartsWith(part, StringComparison.Ordinal))),
        new("ends-with", 2, 2, (Evaluator e, CallSyntax c, in Scope s) => Test(e, c, s, (text, part) => text.EndsWith(part, StringComparison.Ordinal))),
        new("regex", 2, 2, Regex),
    ];

    private static string OwnOr(Evaluator e, CallSyntax call, in Scope scope) =>
        call.Arguments.Length == 0 ? e.Answer(scope.Node).AsText() : e.Text(call.Arguments[0], scope);

    private static XPathValue NormalizeSpace(Evaluator e, CallSyntax call, in Scope scope)
    {
        var text = OwnOr(e, call, scope);
        return e.Spend(text.Length / 32, call)
            ? e.Made(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), call)
            : XPathValue.Empty;
    }

    private static XPathValue Join(Evaluator e, CallSyntax call, string between, int from, in Scope scope)
    {
        var text = new StringBuilder();
        var first = true;
        foreach (var value in NodeFunctions.Spread(e, call, from, scope))
        {
            if (!first)
                text.Append(between);
            first = false;
            text.Append(value.AsText());
            if (text.Length > e.Context.Limits.Text)
                break;
        }

        return e.Made(text.ToString(), call);
    }

    /// <summary>From a 0-based place to before another; negative places count from the end.</summary>
    private static XPathValue Substr(Evaluator e, CallSyntax call, in Scope scope)
    {
        var text = e.Text(call.Arguments[0], scope);
        var from = Numbers.Index(e.Number(call.Arguments[1], scope), 0);
        var to = call.Arguments.Length == 3 ? Numbers.Index(e.Number(call.Arguments[2], scope), 0) : text.Length;
        from = Math.Clamp(from < 0 ? text.Length + from : from, 0, text.Length);
        to = Math.Clamp(to < 0 ? text.Length + to : to, 0, text.Length);
        return e.Made(from <= to ? text[from..to] : "", call);
    }

    /// <summary>XPath 1.0's own: from a 1-based place, so many characters.</summary>
    private static XPathValue Substring(Evaluator e, CallSyntax call, in Scope scope)
    {
        var text = e.Text(call.Arguments[0], scope);
        var from = Numbers.Round(e.Number(call.Arguments[1], scope), 0);
        var to = call.Arguments.Length == 3 ? from + Numbers.Round(e.Number(call.Arguments[2], scope), 0) : double.PositiveInfinity;
        if (double.IsNaN(from) || double.IsNaN(to))
            return XPathValue.Empty;
        var start = (int)Math.Clamp(from - 1, 0, text.Length);
        var end = (int)Math.Clamp(to - 1, start, text.Length);
        return e.Made(text[start..end], call);
    }

    private static XPathValue Cut(Evaluator e, CallSyntax call, in Scope scope, bool before)
    {
        var text = e.Text(call.Arguments[0], scope);
        var mark = e.Text(call.Arguments[1], scope);
        var at = e.Spend(text.Length / 32, call) ? text.IndexOf(mark, StringComparison.Ordinal) : -1;
        return at < 0 ? XPathValue.Empty : e.Made(before ? text[..at] : text[(at + mark.Length)..], call);
    }

    private static XPathValue Translate(Evaluator e, CallSyntax call, in Scope scope)
    {
        var text = e.Text(call.Arguments[0], scope);
        var from = e.Text(call.Arguments[1], scope);
        var to = e.Text(call.Arguments[2], scope);
        if (!e.Spend(text.Length, call) || !e.Spend(from.Length, call))
            return XPathValue.Empty;
        var map = new Dictionary<char, int>();
        for (var i = 0; i < from.Length; i++)
            map.TryAdd(from[i], i);
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!map.TryGetValue(c, out var at))
                result.Append(c);
            else if (at < to.Length)
                result.Append(to[at]);
        }

        return e.Made(result.ToString(), call);
    }

    private static XPathValue Test(Evaluator e, CallSyntax call, in Scope scope, Func<string, string, bool> test)
    {
        var text = e.Text(call.Arguments[0], scope);
        var part = e.Text(call.Arguments[1], scope);
        return XPathValue.Of(e.Spend(text.Length / 32, call) && test(text, part));
    }

    private static XPathValue Regex(Evaluator e, CallSyntax call, in Scope scope)
    {
        var text = e.Text(call.Arguments[0], scope);
        var pattern = e.Text(call.Arguments[1], scope);
        if (e.Problem is not null || !e.Spend(FormPattern.Cost(text, pattern), call))
            return XPathValue.Empty;
        return FormPattern.Matches(text, pattern, out var trouble) is { } matches ? XPathValue.Of(matches) : e.Fail(call, trouble);
    }
}
