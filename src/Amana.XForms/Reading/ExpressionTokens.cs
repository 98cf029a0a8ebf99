namespace Amana.XForms.Reading;

/// <summary>Kinds of tokens, as far as reading a form needs to tell them apart.</summary>
internal enum TokenKind
{
    Number,
    Arithmetic,
    Union,
    Reference,
    FunctionCall,
    PredicateStart,
    PredicateEnd,
    Literal,
    ClosingParenthesis,
    PathSeparator,
    Blank,
    Other,
}

/// <summary>A piece of an expression, by its position.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End);

/// <summary>
/// Cuts a text into tokens in the order of preference of the reference converter's lexer (dates before numbers, numbers before
/// operators, calls before names), because that order decides what counts as an expression. No text stops it.
/// </summary>
internal static class ExpressionTokens
{
    public static List<Token> Of(string text)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < text.Length;)
        {
            var token = Next(text, at);
            tokens.Add(token);
            at = token.End;
        }

        return tokens;
    }

    /// <summary>
    /// True when a default is an expression and not a value: it has arithmetic, a union, a reference or a call. A hyphen in a default
    /// of a date or place is part of the value.
    /// </summary>
    public static bool IsComputed(string? text, string? type)
    {
        if (string.IsNullOrEmpty(text))
            return false;
        var hyphenIsValue = type is "date" or "dateTime" or "geopoint" or "geotrace" or "geoshape";
        foreach (var token in Of(text))
        {
            if (hyphenIsValue && token.Kind == TokenKind.Arithmetic && text[token.Start] == '-')
                return false;
            if (token.Kind is TokenKind.Arithmetic or TokenKind.Union or TokenKind.Reference or TokenKind.FunctionCall)
                return true;
        }

        return false;
    }

    private static Token Next(string text, int at)
    {
        var c = text[at];
        if (NumberOrDateEnd(text, at) is var number && number > at)
            return new Token(TokenKind.Number, at, number);
        if (c is '*' or '+' or '-')
            return new Token(TokenKind.Arithmetic, at, at + 1);
        if (Word(text, at, " mod ") || Word(text, at, " div "))
            return new Token(TokenKind.Arithmetic, at, at + 5);
        if (Word(text, at, " and "))
            return new Token(TokenKind.Other, at, at + 5);
        if (Word(text, at, " or "))
            return new Token(TokenKind.Other, at, at + 4);
        switch (c)
        {
            case '|':
                return new Token(TokenKind.Union, at, at + 1);
            case ')':
                return new Token(TokenKind.ClosingParenthesis, at, at + 1);
            case '/':
                return new Token(TokenKind.PathSeparator, at, at + 1);
            case ']':
                return new Token(TokenKind.PredicateEnd, at, at + 1);
            case '"' or '\'' when text.IndexOf(c, at + 1) is var close && close > at:
                return new Token(TokenKind.Literal, at, close + 1);
            case '$' when References.Match(text, at) is { } reference:
                return new Token(TokenKind.Reference, at, reference.End);
            default:
                return char.IsWhiteSpace(c) ? Blanks(text, at) : NameOrOther(text, at);
        }
    }

    private static Token Blanks(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && char.IsWhiteSpace(text[end]))
            end++;
        return new Token(TokenKind.Blank, at, end);
    }

    private static Token NameOrOther(string text, int at)
    {
        var end = XmlNames.NameEnd(text, at);
        if (end == at)
            return new Token(TokenKind.Other, at, at + 1);
        var full = end < text.Length && text[end] == ':' && XmlNames.NameEnd(text, end + 1) is var second && second > end + 1 ? second : end;
        if (full < text.Length && text[full] == '(')
            return new Token(TokenKind.FunctionCall, at, full + 1);
        if (full < text.Length && text[full] == '[')
            return new Token(TokenKind.PredicateStart, at, full + 1);
        return new Token(TokenKind.Other, at, full);
    }

    private static bool Word(string text, int at, string word) => string.CompareOrdinal(text, at, word, 0, word.Length) == 0;

    private static int NumberOrDateEnd(string text, int at)
    {
        var sign = text[at] == '-' ? 1 : 0;
        var start = at + sign;
        if (Digits(text, start, 4) && Is(text, start + 4, '-') && Digits(text, start + 5, 2) && Is(text, start + 7, '-') && Digits(text, start + 8, 2))
            return Is(text, start + 10, 'T') && TimeEnd(text, start + 11) is var time && time > 0 ? time : start + 10;
        if (sign == 0 && TimeEnd(text, at) is var clock && clock > 0)
            return clock;
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        if (Is(text, end, '.') && (end > start || (end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
        }

        return end > start ? end : at;
    }

    private static int TimeEnd(string text, int at)
    {
        if (!(Digits(text, at, 2) && Is(text, at + 2, ':') && Digits(text, at + 3, 2) && Is(text, at + 5, ':') && Digits(text, at + 6, 2)))
            return -1;
        var end = at + 8;
        if (Is(text, end, 'Z'))
            return end + 1;
        var zone = (Is(text, end, '+') || Is(text, end, '-')) && Digits(text, end + 1, 2) && Is(text, end + 3, ':') && Digits(text, end + 4, 2);
        return zone ? end + 6 : end;
    }

    private static bool Is(string text, int at, char c) => at < text.Length && text[at] == c;

    private static bool Digits(string text, int at, int count)
    {
        if (at + count > text.Length)
            return false;
        for (var i = at; i < at + count; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
                return false;
        }

        return true;
    }
}
