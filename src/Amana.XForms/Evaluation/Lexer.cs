using System.Globalization;

namespace Amana.XForms.Evaluation;

internal enum TokenKind
{
    End,
    Number,
    Literal,
    Name,
    Operator,
    Symbol,
}

/// <summary>A piece of an expression: its kind, its text (a literal without its quotes) and where it starts.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, double Number = 0)
{
    public bool Is(string symbol) => Kind is TokenKind.Symbol or TokenKind.Operator && Text == symbol;
}

/// <summary>Cuts an expression into tokens as XPath 1.0 clause 3.7 says, with its rule that tells a name from an operator.</summary>
internal static class Lexer
{
    private static readonly string[] s_symbols =
        ["::", "..", "//", "!=", "<=", ">=", "(", ")", "[", "]", ",", "@", "/", "|", "+", "-", "=", "<", ">", ".", "*", "$"];

    private static readonly HashSet<string> s_operatorSymbols = ["|", "+", "-", "=", "!=", "<", "<=", ">", ">="];

    private static readonly HashSet<string> s_operatorNames = ["and", "or", "div", "mod"];

    public static List<Token> Cut(string text, out ExpressionProblem? problem)
    {
        var tokens = new List<Token>();
        problem = null;
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c) || c == '\u200B' || c == '\uFEFF')
            {
                at++;
                continue;
            }

            var token = Next(text, at, tokens, out var length, out problem);
            if (problem is not null)
                return tokens;
            tokens.Add(token);
            at += length;
        }

        tokens.Add(new Token(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static Token Next(string text, int at, List<Token> before, out int length, out ExpressionProblem? problem)
    {
        var c = text[at];
        problem = null;
        if (c is '\'' or '"')
            return Literal(text, at, out length, out problem);
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
            return Number(text, at, out length);
        if (IsNameStart(c))
            return Name(text, at, before, out length);
        foreach (var symbol in s_symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) != 0)
                continue;
            length = symbol.Length;
            var isOperator = s_operatorSymbols.Contains(symbol) || (symbol == "*" && AfterOperand(before));
            return new Token(isOperator ? TokenKind.Operator : TokenKind.Symbol, symbol, at);
        }

        length = 1;
        problem = new ExpressionProblem(ProblemKind.Syntax, at, Unexpected(c));
        return default;
    }

    private static string Unexpected(char c) => c switch
    {
        '“' or '”' or '‘' or '’' => $"The curly quotation mark {c} cannot be used here; use a straight ' or \".",
        '{' or '}' => "{ } have no meaning here; a question is named as ${name} in the workbook only.",
        '!' => "A single ! has no meaning here; write not(…) or != .",
        '&' => "& has no meaning here; write and.",
        _ => $"The character {c} cannot be used here.",
    };

    private static Token Literal(string text, int at, out int length, out ExpressionProblem? problem)
    {
        var end = text.IndexOf(text[at], at + 1);
        problem = end < 0 ? new ExpressionProblem(ProblemKind.Syntax, at, "A quotation mark is opened here and never closed.") : null;
        length = end < 0 ? 1 : end - at + 1;
        return new Token(TokenKind.Literal, end < 0 ? "" : text[(at + 1)..end], at);
    }

    private static Token Number(string text, int at, out int length)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        if (end < text.Length && text[end] == '.')
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
        }

        length = end - at;
        var digits = text.AsSpan(at, length);
        return new Token(TokenKind.Number, digits.ToString(), at, double.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }

    private static Token Name(string text, int at, List<Token> before, out int length)
    {
        var end = NameEnd(text, at);
        // One colon joins a prefix to a name; two are an axis.
        if (end + 1 < text.Length && text[end] == ':' && (IsNameStart(text[end + 1]) || text[end + 1] == '*'))
            end = text[end + 1] == '*' ? end + 2 : NameEnd(text, end + 1);
        length = end - at;
        var name = text.Substring(at, length);
        var isOperator = s_operatorNames.Contains(name) && AfterOperand(before);
        return new Token(isOperator ? TokenKind.Operator : TokenKind.Name, name, at);
    }

    private static int NameEnd(string text, int at)
    {
        while (at < text.Length && IsNamePart(text[at]))
            at++;
        return at;
    }

    private static bool AfterOperand(List<Token> before)
    {
        if (before.Count == 0)
            return false;
        var last = before[^1];
        return last.Kind switch
        {
            TokenKind.Operator => false,
            TokenKind.Symbol => last.Text is ")" or "]" or "." or ".." or "*",
            _ => true,
        };
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_' || char.IsSurrogate(c);

    private static bool IsNamePart(char c) =>
        IsNameStart(c) || char.IsDigit(c) || c is '-' or '.' or '\u00B7'
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
