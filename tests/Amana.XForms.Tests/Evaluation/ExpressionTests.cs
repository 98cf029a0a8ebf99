using System.Diagnostics;
using Amana.XForms.Evaluation;
using CsCheck;

namespace Amana.XForms.Tests.Evaluation;

public class An_expression
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("7 div 2", "3.5")]
    [InlineData("-7 mod 4", "-3")]
    [InlineData("- - 2", "2")]
    [InlineData("2 > 1 and 1 > 2 or true()", "true")]
    [InlineData("1 = 1.0", "true")]
    [InlineData("'1' = '1.0'", "false")]
    [InlineData("'1' = 1.0", "true")]
    [InlineData("'' = 0", "false")]
    [InlineData("0.1 + 0.2 = 0.3", "true")]
    [InlineData("1 div 0", "Infinity")]
    [InlineData("number('text')", "NaN")]
    [InlineData("number('1,5')", "1.5")]
    [InlineData("12345678.5 * 1", "12345678.5")]
    [InlineData("20000000000", "20000000000")]
    [InlineData("\"it's\"", "it's")]
    public void Is_worked_out(string expression, string value) => Assert.Equal(value, Given.Value(expression));

    [Theory]
    [InlineData("/data/a", "1")]
    [InlineData("a + b", "3")]
    [InlineData("g/c", "x")]
    [InlineData("g/*[2]", "y")]
    [InlineData("//d", "y")]
    [InlineData("g/../a", "1")]
    [InlineData("count(r)", "2")]
    [InlineData("r[2]/n", "20")]
    [InlineData("r[n > 15]/n", "20")]
    [InlineData("r[position() = 1]/n", "10")]
    [InlineData("r[last()]/n", "20")]
    [InlineData("sum(r/n)", "30")]
    [InlineData("max(r/n)", "20")]
    [InlineData("min(a, b, -4)", "-4")]
    [InlineData("count(a | b | a)", "2")]
    [InlineData("count-non-empty(r/n)", "2")]
    [InlineData("join(', ', r/n)", "10, 20")]
    [InlineData("g/@kind", "old")]
    [InlineData("nothing", "")]
    [InlineData("/other/a", "")]
    public void Reads_the_instance(string expression, string value) =>
        Assert.Equal(value, Given.Value(expression, "<a>1</a><b>2</b><g kind='old'><c>x</c><d>y</d></g><r><n>10</n></r><r><n>20</n></r>"));

    [Theory]
    [InlineData("1 +", "ends")]
    [InlineData("concat('a', 'b'", "missing")]
    [InlineData("a = “yes”", "quotation")]
    [InlineData("'open", "never closed")]
    [InlineData("a b", "operator")]
    [InlineData("a)", "closes nothing")]
    [InlineData("", "nothing here")]
    [InlineData("tomorrow()", "no function")]
    [InlineData("substr('a')", "takes 2 to 3")]
    [InlineData("ancestor::a", "axis")]
    [InlineData("a && b", "and")]
    [InlineData("${age} > 3", "no meaning")]
    public void That_is_none_is_refused_in_plain_words(string text, string word) => Assert.Contains(word, Given.Refusal(text).Message, StringComparison.Ordinal);

    [Fact]
    public void That_is_refused_says_where() => Assert.Equal(8, Given.Refusal("1 + 2 + tomorrow()").Position);

    [Fact]
    public void Needs_one_node_where_it_needs_one_value() => Assert.Contains("indexed-repeat", Given.Refusal("r + 1", "<r>1</r><r>2</r>").Message, StringComparison.Ordinal);

    [Fact]
    public void Prints_in_one_way_that_parses_to_the_same()
    {
        Expressions.Any.Sample(text =>
        {
            var printed = Expression.Parse(text).Expression!.Syntax.ToString();
            return Expression.Parse(printed).Expression?.Syntax.ToString() == printed;
        }, iter: 5_000);
    }

    [Fact]
    public void Means_the_same_when_it_is_printed()
    {
        Expressions.Any.Sample(text =>
        {
            var printed = Expression.Parse(text).Expression!.Syntax.ToString();
            return Try(text) == Try(printed);
        }, iter: 5_000);
    }

    [Fact]
    public void Gives_the_same_in_the_same_context() => Expressions.Any.Sample(text => Try(text) == Try(text), iter: 5_000);

    [Fact]
    public void Never_throws_whatever_its_text()
    {
        var pieces = Gen.OneOf("(", ")", "[", "]", "/", "//", "..", ".", "@", "*", "'", "\"", ",", "-", "and", "div", "a", "9", "::", "$", "|", "!", "if(", "concat(",
            "instance('x')", "regex(a, '(a+)+')", " ", "\uD83D", "é", "current()", "position(..)", "sum(", "randomize(", "1e9", "format-date(", "date('2020-13-01')", "indexed-repeat(");
        pieces.Array[0, 14].Select(string.Concat).Sample(text =>
        {
            var parsed = Expression.Parse(text);
            Assert.True(parsed.Expression is null != parsed.Problem is null);
            _ = parsed.Expression is null ? default : Try(text);
        }, iter: 40_000);
    }

    private static (string?, string?) Try(string text)
    {
        var evaluated = Given.Evaluate(text, "<a>1</a><b>two</b><r><n>3</n></r><r><n>4</n></r>", "data/a");
        return (evaluated.Problem is null ? evaluated.Value.AsText() : null, evaluated.Problem?.Message);
    }
}

/// <summary>Expressions of every shape that the grammar has.</summary>
internal static class Expressions
{
    private static readonly Gen<string> s_leaf = Gen.OneOf("1", "2.5", "'x'", "\"y'z\"", "../a", "/data/b", ".", "r/n", "../r[1]/n", "true()", "today()", "random()", "@x", "*");

    public static Gen<string> Any { get; } = Of(4);

    private static Gen<string> Of(int depth)
    {
        if (depth == 0)
            return s_leaf;
        var below = Of(depth - 1);
        var operators = Gen.OneOf(" + ", " - ", " * ", " div ", " mod ", " = ", " != ", " < ", ">=", " and ", " or ");
        return Gen.OneOf(
            s_leaf,
            Gen.Select(below, operators, below, (left, op, right) => $"{left}{op}{right}"),
            Gen.Select(below, operators, below, (left, op, right) => $"({left}){op}({right})"),
            below.Select(inner => $"-({inner})"),
            below.Select(inner => $"string({inner})"),
            Gen.Select(below, below, below, (a, b, c) => $"if({a}, {b}, {c})"),
            Gen.Select(below, below, (a, b) => $"concat({a}, {b})"),
            below.Select(inner => $"../r[{inner}]/n"),
            below.Select(inner => $"count(../r/n | ../r[n = {inner}]/n)"));
    }
}

public class A_hostile_expression
{
    [Theory]
    [InlineData("(", 5_000)]
    [InlineData("-", 50_000)]
    [InlineData("not(", 20_000)]
    [InlineData("a[", 20_000)]
    [InlineData("1+", 40_000)]
    [InlineData("a/", 40_000)]
    [InlineData("//", 40_000)]
    [InlineData("if(1,2,", 10_000)]
    public void Of_many_pieces_ends_at_once(string piece, int times)
    {
        var clock = Stopwatch.StartNew();
        var text = string.Concat(Enumerable.Repeat(piece, times)) + "a";
        var parsed = Expression.Parse(text);
        if (parsed.Expression is not null)
            Given.Evaluate(text, "<a/>", "data");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    [Fact]
    public void That_is_nested_too_deeply_says_so() =>
        Assert.Equal(ProblemKind.Limit, Given.Refusal(new string('(', 2_000) + "1" + new string(')', 2_000)).Kind);

    [Fact]
    public void That_loops_through_millions_of_nodes_is_stopped()
    {
        var data = string.Concat(Enumerable.Repeat("<r/>", 3_000));
        var clock = Stopwatch.StartNew();
        Assert.Equal(ProblemKind.Limit, Given.Refusal("count(//r[count(//r[count(//r) > 0]) > 0])", data).Kind);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    [Fact]
    public void That_doubles_a_text_again_and_again_is_stopped()
    {
        var text = "'0123456789'";
        for (var i = 0; i < 13; i++)
            text = $"concat({text}, {text})";
        Assert.Equal(ProblemKind.Limit, Given.Refusal($"concat({text},{text},{text})").Kind);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)*b")]
    [InlineData("(.*)(.*)(.*)(.*)(.*)x")]
    public void With_a_pattern_that_would_backtrack_for_ever_is_answered_at_once(string pattern)
    {
        var clock = Stopwatch.StartNew();
        Assert.Equal("false", Given.Value($"regex('{new string('a', 30_000)}!', '{pattern}')"));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    [Theory]
    [InlineData("(?=a)a")]
    [InlineData(@"(a)\1")]
    [InlineData("(((a{90}){90}){90}){90}")]
    [InlineData("[")]
    public void With_a_pattern_that_cannot_be_matched_in_bounded_time_is_refused(string pattern) =>
        Assert.Contains("pattern", Given.Refusal($"regex('a', '{pattern}')").Message, StringComparison.OrdinalIgnoreCase);
}
