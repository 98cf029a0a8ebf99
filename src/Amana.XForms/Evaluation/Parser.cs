using System.Runtime.CompilerServices;

namespace Amana.XForms.Evaluation;

/// <summary>Parses the ODK dialect of XPath 1.0 by precedence climbing. It never throws: the first problem stops it.</summary>
internal sealed partial class Parser
{
    private const int MostNesting = 300;
    private static readonly Syntax[] s_none = [];

    private readonly List<Token> _tokens;
    private readonly EvaluationLimits _limits;
    private readonly List<ExpressionProblem> _misused = [];
    private ExpressionProblem? _problem;
    private int _at;
    private int _nesting;

    private Parser(List<Token> tokens, EvaluationLimits limits)
    {
        _tokens = tokens;
        _limits = limits;
    }

    private Token Now => _tokens[_at];

    public static Syntax? Parse(string text, EvaluationLimits limits, out ExpressionProblem? problem)
    {
        if (text.Length > limits.Length)
        {
            problem = new ExpressionProblem(ProblemKind.Limit, limits.Length, $"The expression is longer than {limits.Length} characters.");
            return null;
        }

        var tokens = Lexer.Cut(text, out problem);
        if (problem is not null)
            return null;
        var parser = new Parser(tokens, limits);
        var syntax = parser.Whole();
        problem = parser._misused.FirstOrDefault() ?? parser._problem;
        return problem is null ? syntax : null;
    }

    /// <summary>All that is wrong with a text: every call of a function that there is not, or with the wrong number of arguments, and where reading it stopped.</summary>
    public static (Syntax? Syntax, IReadOnlyList<ExpressionProblem> Problems) Inspect(string text, EvaluationLimits limits)
    {
        if (Parse(text, limits, out var problem) is { } sound)
            return (sound, []);
        if (problem!.Kind is not ProblemKind.Function)
            return (null, [problem]);
        var parser = new Parser(Lexer.Cut(text, out _), limits);
        parser.Whole();
        return (null, parser._problem is { } stopped ? [.. parser._misused, stopped] : parser._misused);
    }

    private Syntax Whole()
    {
        if (Now.Kind == TokenKind.End)
            return Stop("There is nothing here.");
        var syntax = Binary(1);
        if (_problem is null && Now.Kind != TokenKind.End)
            return Stop(Now.Is(")") ? "This bracket closes nothing." : $"{Shown(Now)} does not fit here; perhaps an operator is missing before it.");
        return syntax;
    }

    private Syntax Binary(int weakest)
    {
        if (!Enter())
            return Nothing();
        var left = Unary();
        while (_problem is null && Now.Kind == TokenKind.Operator && BinarySyntax.TryRead(Now.Text, out var op))
        {
            var precedence = BinarySyntax.Precedence(op);
            if (precedence < weakest || op == BinaryOperator.Union)
                break;
            var position = Now.Position;
            _at++;
            left = Bounded(new BinarySyntax(position, op, left, Binary(precedence + 1)));
        }

        _nesting--;
        return left;
    }

    private Syntax Unary()
    {
        if (!Now.Is("-"))
            return Union();
        var position = Now.Position;
        _at++;
        if (!Enter())
            return Nothing();
        var operand = Unary();
        _nesting--;
        return Bounded(new NegateSyntax(position, operand));
    }

    private Syntax Union()
    {
        var left = Path();
        while (_problem is null && Now.Is("|"))
        {
            var position = Now.Position;
            _at++;
            left = Bounded(new BinarySyntax(position, BinaryOperator.Union, left, Path()));
        }

        return left;
    }

    private Syntax Path()
    {
        var position = Now.Position;
        if (Now.Is("/") || Now.Is("//"))
            return AbsolutePath(position);
        if (!StartsPrimary())
            return Bounded(new PathSyntax(position, false, null, s_none, Steps(first: true)));
        var start = Primary();
        var predicates = Predicates();
        if (_problem is not null || (predicates.Length == 0 && !Now.Is("/") && !Now.Is("//")))
            return start;
        return Bounded(new PathSyntax(position, false, start, predicates, Steps(first: false)));
    }

    private PathSyntax AbsolutePath(int position)
    {
        if (Now.Is("/") && !StartsStep(_tokens[_at + 1]))
        {
            _at++;
            return new PathSyntax(position, true, null, s_none, []);
        }

        return Bounded(new PathSyntax(position, true, null, s_none, Steps(first: false)));
    }

    private bool StartsPrimary() => Now.Kind switch
    {
        TokenKind.Number or TokenKind.Literal => true,
        TokenKind.Symbol => Now.Text is "(" or "$",
        TokenKind.Name => _tokens[_at + 1].Is("(") && Now.Text is not ("node" or "text"),
        _ => false,
    };

    private Syntax Primary()
    {
        var token = Now;
        _at++;
        switch (token.Kind)
        {
            case TokenKind.Number when double.IsInfinity(token.Number):
                return Stop("This number is too large.", token.Position);
            case TokenKind.Number:
                return new NumberSyntax(token.Position, token.Text, token.Number);
            case TokenKind.Literal:
                return new TextSyntax(token.Position, token.Text);
            case TokenKind.Name:
                return Call(token);
            default:
                if (token.Text == "$")
                    return Stop("$ has no meaning here; a question is named as ${name} in the workbook only.", token.Position);
                var inner = Binary(1);
                Expect(")", token.Position);
                return inner;
        }
    }

    private Syntax Call(Token name)
    {
        _at++; // The bracket that StartsPrimary saw.
        var arguments = new List<Syntax>();
        while (_problem is null && !Now.Is(")"))
        {
            if (arguments.Count > 0 && !Expect(",", name.Position))
                break;
            arguments.Add(Binary(1));
        }

        Expect(")", name.Position);
        if (_problem is not null)
            return Nothing();
        if (!FunctionLibrary.TryFind(name.Text, out var function))
            return Misused($"There is no function called {name.Text}.", name);
        if (!function.Takes(arguments.Count))
            return Misused($"{name.Text} takes {function.Arity} arguments; {arguments.Count} stand here.", name);
        return Bounded(new CallSyntax(name.Position, function, [.. arguments]));
    }

    private bool Expect(string symbol, int opened)
    {
        if (_problem is not null)
            return false;
        if (Now.Is(symbol))
        {
            _at++;
            return true;
        }

        var where = Now.Kind == TokenKind.End ? "at the end" : $"before {Shown(Now)}";
        Stop($"A {symbol} is missing {where} (for what begins at character {opened + 1}).");
        return false;
    }

    private bool Enter()
    {
        if (++_nesting <= MostNesting && RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return true;
        Stop("The expression is nested too deeply.", Now.Position, ProblemKind.Limit);
        return false;
    }

    private T Bounded<T>(T syntax)
        where T : Syntax
    {
        if (syntax.Depth > _limits.Depth)
            Stop("The expression is nested too deeply.", syntax.Position, ProblemKind.Limit);
        return syntax;
    }

    private static string Shown(Token token) => token.Kind == TokenKind.Literal ? $"'{token.Text}'" : token.Text;

    private TextSyntax Stop(string message) => Stop(message, Now.Position);

    private TextSyntax Stop(string message, int position, ProblemKind kind = ProblemKind.Syntax, string subject = "")
    {
        _problem ??= new ExpressionProblem(kind, position, message, subject);
        return Nothing();
    }

    /// <summary>A call that means nothing does not keep the rest from being read, so that all such calls are told at once.</summary>
    private TextSyntax Misused(string message, Token name)
    {
        _misused.Add(new ExpressionProblem(ProblemKind.Function, name.Position, message, name.Text));
        return Nothing();
    }

    private static TextSyntax Nothing() => new(0, "");
}
