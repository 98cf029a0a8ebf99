using Amana.XForms.Reading;

namespace Amana.XForms.Writing;

/// <summary>
/// Puts paths in the place of ${references}. Inside a common repeat a path is relative, so that each turn of the repeat reads its own
/// answers; elsewhere it begins at the root. The rules are those of the reference converter, which clients are tuned to.
/// </summary>
internal sealed class Expressions(Places places)
{
    private const string IndexedRepeat = "indexed-repeat(";

    /// <summary>The expression with paths, as read from the place.</summary>
    /// <param name="text">The expression as its author wrote it.</param>
    /// <param name="from">Where it is read from; null for texts that belong to no place, such as choices.</param>
    /// <param name="useCurrent">True where the expression is a predicate, so that relative paths must begin at current().</param>
    /// <param name="fromParent">True where the path is to be that of the repeats themselves, as in choices from earlier answers.</param>
    public string Expand(string text, Place? from, bool useCurrent = false, bool fromParent = false) =>
        References.Replace(text, reference => Path(reference, text, from, useCurrent, fromParent));

    /// <summary>Writes a text for people, in which references and instance() expressions become output elements.</summary>
    public void WriteText(XmlOut xml, string text, Place? from)
    {
        var at = 0;
        foreach (var (start, end) in InstanceExpressions.In(text))
        {
            WriteReferences(xml, text, at, start, from);
            Output(xml, Expand(text[start..end], from));
            at = end;
        }

        WriteReferences(xml, text, at, text.Length, from);
    }

    private void WriteReferences(XmlOut xml, string text, int start, int end, Place? from)
    {
        var at = start;
        while (at < end)
        {
            var next = text.IndexOf("${", at, end - at, StringComparison.Ordinal);
            if (next < 0)
                break;
            var reference = References.Match(text, next);
            var upTo = reference is null ? next + 2 : next;
            if (upTo > at)
                xml.Text(text[at..upTo]);
            at = upTo;
            if (reference is not { } found)
                continue;
            Output(xml, Path(found, text, from, useCurrent: false, fromParent: false));
            at = found.End;
        }

        if (end > at)
            xml.Text(text[at..end]);
    }

    private static void Output(XmlOut xml, string value)
    {
        xml.Text(string.Empty);
        xml.Element("output", null, new FormAttribute("value", value));
    }

    private string Path(Reference reference, string text, Place? from, bool useCurrent, bool fromParent)
    {
        var target = places.Named(reference.Name) ?? throw new InvalidOperationException($"The form has no single question '{reference.Name}'; it was not read by XlsForm.Read.");
        if (from is not null && !reference.IsLastSaved && MayBeRelative(reference, text)
            && Relative(from, target, fromParent) is { } relative)
            return useCurrent || IsInPredicateOfInstance(reference, text) ? $" current()/{relative} " : $" {relative} ";
        return $" {(reference.IsLastSaved ? "instance('__last-saved')" : string.Empty)}{target.PathFrom(null)} ";
    }

    private static string? Relative(Place from, Place target, bool fromParent)
    {
        if (from.NearestAbove(target, p => p.IsRepeat) is not var (stepsToRepeat, repeat))
            return null;
        if (fromParent && ReferenceEquals(repeat, target.NearestRepeat()) && (repeat.NearestRepeat() is null || !ReferenceEquals(from.NearestRepeat(), repeat)))
            return Up(stepsToRepeat + 1) + target.PathFrom(repeat.Parent);
        var (steps, section) = from.NearestAbove(target, p => p.IsSection)!.Value;
        return Up(steps) + target.PathFrom(section);
    }

    private static string Up(int steps) => string.Join('/', Enumerable.Repeat("..", steps));

    /// <summary>
    /// In indexed-repeat() the first, second, fourth and sixth argument name nodesets, whose paths begin at the root. Which call a
    /// reference stands in is found by passing over calls two at a time, as the reference converter does.
    /// </summary>
    private static bool MayBeRelative(Reference reference, string text)
    {
        if (!text.Contains(IndexedRepeat, StringComparison.Ordinal))
            return true;
        var calls = IndexedRepeats(text);
        for (var i = 0; i < calls.Count; i++)
        {
            var (start, end) = calls[i];
            if (reference.End > end)
            {
                if (i + 1 == calls.Count)
                    return true;
                i++;
                continue;
            }

            if (reference.End < start || reference.Start > end)
                return true;
            var arguments = text[(start + IndexedRepeat.Length)..(end - 1)].Split(',');
            var index = Array.FindLastIndex(arguments, a => a.Contains($"${{{reference.Name}}}", StringComparison.Ordinal));
            return index >= 0 && index is not (0 or 1 or 3 or 5);
        }

        return false;
    }

    private static List<(int Start, int End)> IndexedRepeats(string text)
    {
        var calls = new List<(int, int)>();
        var at = 0;
        while ((at = text.IndexOf(IndexedRepeat, at, StringComparison.Ordinal)) >= 0)
        {
            var close = text.IndexOf(')', at);
            if (close < 0)
                break;
            if (close > at + IndexedRepeat.Length)
                calls.Add((at, close + 1));
            at = close;
        }

        return calls;
    }

    private static bool IsInPredicateOfInstance(Reference reference, string text)
    {
        var call = text.IndexOf("instance(", StringComparison.Ordinal);
        if (call < 0 || call + 10 >= text.Length || text[call + 9] == ')')
            return false;
        for (var at = text.IndexOf('[', StringComparison.Ordinal); at >= 0; at = text.IndexOf('[', at))
        {
            var close = text.IndexOf(']', at + 1);
            if (close < 0)
                return false;
            if (close > at + 1 && reference.Start >= at && reference.End <= close + 1)
                return true;
            at = close > at + 1 ? close + 1 : at + 1;
            if (at >= text.Length)
                return false;
        }

        return false;
    }
}

/// <summary>Finds instance() expressions with their paths and predicates in texts for people; a blank outside a predicate ends one.</summary>
internal static class InstanceExpressions
{
    private enum State
    {
        Outside,
        Call,
        Path,
        Predicate,
    }

    public static IReadOnlyList<(int Start, int End)> In(string text)
    {
        if (!text.Contains("instance(", StringComparison.Ordinal))
            return [];
        var found = new List<(int, int)>();
        var state = State.Outside;
        var (start, last) = (0, default(Token));
        foreach (var token in ExpressionTokens.Of(text))
        {
            if (state == State.Outside)
            {
                if (!IsInstance(token, text))
                    continue;
                (start, last, state) = (token.Start, token, State.Call);
                continue;
            }

            var next = Next(state, token, last, text);
            if (next == State.Outside)
                found.Add((start, last.End));
            else
                last = token;
            state = next;
        }

        if (state != State.Outside)
            found.Add((start, last.End));
        return found;
    }

    private static State Next(State state, Token token, Token last, string text)
    {
        if (token.Kind == TokenKind.Literal && IsInstance(last, text))
            return state;
        if (token.Kind == TokenKind.ClosingParenthesis && last.Kind == TokenKind.Literal)
            return state;
        if (token.Kind == TokenKind.PathSeparator && last.Kind is TokenKind.ClosingParenthesis or TokenKind.PredicateEnd)
            return state == State.Predicate ? State.Predicate : State.Path;
        return state switch
        {
            State.Path when token.Kind == TokenKind.Blank => State.Outside,
            State.Path => token.Kind == TokenKind.PredicateStart ? State.Predicate : State.Path,
            State.Predicate => token.Kind == TokenKind.PredicateEnd ? State.Call : State.Predicate,
            _ => State.Outside,
        };
    }

    private static bool IsInstance(Token token, string text) => token.Kind == TokenKind.FunctionCall && text[token.Start..token.End] == "instance(";
}
