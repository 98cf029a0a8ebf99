using System.Globalization;
using System.Text;
using CsCheck;

namespace Amana.XForms.Tests.Evaluation;

/// <summary>What the ODK XForms specification (getodk.github.io/xforms-spec, "XPath functions") says of texts and lists, against plain C#.</summary>
public class Functions_of_texts
{
    private static readonly Gen<string> Word = Gen.Char["abcXY09é"].Array[1, 5].Select(letters => new string(letters));
    private static readonly Gen<string> Text = Gen.Char["ab cX0,;-é"].Array[0, 12].Select(letters => new string(letters));
    private static readonly Gen<string[]> Words = Word.Array[0, 6];

    private static string Of(string expression) => Given.Value(expression);

    private static string True(bool truth) => truth ? "true" : "false";

    [Fact]
    public void Find_a_word_of_a_list() =>
        Gen.Select(Words, Word).Sample((words, word) => Of($"selected('{string.Join(' ', words)}', '{word}')") == True(words.Contains(word)));

    [Fact]
    public void Count_the_words_of_a_list_and_give_each_by_its_place() =>
        Words.Sample(words => Of($"count-selected('{string.Join(' ', words)}')") == $"{words.Length}"
            && Enumerable.Range(0, words.Length + 2).All(i => Of($"selected-at('{string.Join(' ', words)}', {i})") == (words.ElementAtOrDefault(i) ?? "")));

    [Fact]
    public void Join_texts_with_and_without_something_between() =>
        Gen.Select(Text.Array[1, 5], Text).Sample((texts, between) =>
            Of($"concat({Quoted(texts)})") == string.Concat(texts) && Of($"join('{between}', {Quoted(texts)})") == string.Join(between, texts));

    [Fact]
    public void Cut_a_text_in_two_at_a_mark() =>
        Gen.Select(Text, Word).Sample((text, mark) =>
        {
            var at = text.IndexOf(mark, StringComparison.Ordinal);
            var (before, after) = (Of($"substring-before('{text}', '{mark}')"), Of($"substring-after('{text}', '{mark}')"));
            return at < 0 ? before.Length + after.Length == 0 : before + mark + after == text;
        });

    [Fact]
    public void Take_a_part_by_its_places_counted_from_0_or_from_the_end() =>
        Gen.Select(Text, Gen.Int[-15, 15], Gen.Int[-15, 15]).Sample((text, from, to) =>
        {
            var start = Math.Clamp(from < 0 ? text.Length + from : from, 0, text.Length);
            var end = Math.Clamp(to < 0 ? text.Length + to : to, 0, text.Length);
            return Of($"substr('{text}', {from}, {to})") == (start < end ? text[start..end] : "") && Of($"substr('{text}', {from})") == text[start..];
        });

    [Fact]
    public void Compare_a_text_with_another() =>
        Gen.Select(Text, Text).Sample((text, part) =>
            Of($"contains('{text}', '{part}')") == True(text.Contains(part, StringComparison.Ordinal))
            && Of($"starts-with('{text}', '{part}')") == True(text.StartsWith(part, StringComparison.Ordinal))
            && Of($"ends-with('{text}', '{part}')") == True(text.EndsWith(part, StringComparison.Ordinal))
            && Of($"'{text}' = '{part}'") == True(text == part)
            && Of($"string-length('{text}')") == text.Length.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Exchange_letters_by_their_places() =>
        Gen.Select(Text, Word, Text).Sample((text, from, to) =>
        {
            var exchanged = string.Concat(text.Select(c => from.IndexOf(c, StringComparison.Ordinal) is var at && at < 0 ? $"{c}" : at < to.Length ? $"{to[at]}" : ""));
            return Of($"translate('{text}', '{from}', '{to}')") == exchanged;
        });

    [Fact]
    public void Make_blanks_single_and_leave_it_at_that() =>
        Text.Sample(text =>
        {
            var once = Of($"normalize-space('{text}')");
            return once == string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) && Of($"normalize-space('{once}')") == once;
        });

    [Fact]
    public void Match_a_pattern_with_the_whole_text() =>
        Gen.Select(Text, Gen.Int[0, 12]).Sample((text, count) => Of($"regex('{text}', '.{{{count}}}')") == True(text.Length == count)
            && Of($"regex('{text}', '[a-z]*')") == True(text.All(c => c is >= 'a' and <= 'z')));

    [Fact]
    public void Read_back_what_was_encoded_and_make_the_known_digests() =>
        Text.Sample(text => Of($"base64-decode('{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}')") == text
            && Of($"digest('{text}', 'SHA-256', 'hex')") == Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Give_the_first_that_is_not_empty() =>
        Gen.Select(Text, Text).Sample((a, b) => Of($"coalesce('{a}', '{b}')") == (a.Length > 0 ? a : b) && Of($"if('{a}' = '{b}', 1, 2)") == (a == b ? "1" : "2"));

    private static string Quoted(IEnumerable<string> texts) => string.Join(", ", texts.Select(t => $"'{t}'"));
}

public class Functions_of_numbers
{
    private static readonly Gen<int> Small = Gen.Int[-1000, 1000];

    private static double Of(string expression) => double.Parse(Given.Value(expression), CultureInfo.InvariantCulture);

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(b));

    [Fact]
    public void Reckon_as_numbers_do() =>
        Gen.Select(Small, Small, Gen.Int[1, 99]).Sample((a, b, c) =>
            Near(Of($"{a} + {b} * {c}"), a + (b * (double)c)) && Near(Of($"({a} - {b}) div {c}"), (a - b) / (double)c) && Near(Of($"{a} mod {c}"), a % c));

    [Fact]
    public void Round_half_up_and_cut_towards_zero() =>
        Gen.Select(Gen.Int[-99_999, 99_999], Gen.Int[0, 2]).Sample((thousandths, places) =>
        {
            var number = thousandths / 1000m;
            var scale = places switch { 0 => 1m, 1 => 10m, _ => 100m };
            var text = number.ToString(CultureInfo.InvariantCulture);
            return Near(Of($"round({text}, {places})"), (double)(Math.Floor((number * scale) + 0.5m) / scale)) && Near(Of($"int({text})"), (double)Math.Truncate(number));
        });

    [Fact]
    public void Sum_and_compare_the_answers_of_all_turns() =>
        Small.Array[1, 8].Sample(numbers =>
        {
            var data = string.Concat(numbers.Select(n => FormattableString.Invariant($"<r><n>{n}</n></r>")));
            return Given.Value("sum(r/n)", data) == $"{numbers.Sum()}" && Given.Value("max(r/n)", data) == $"{numbers.Max()}"
                && Given.Value("min(r/n)", data) == $"{numbers.Min()}" && Given.Value("count(r)", data) == $"{numbers.Length}"
                && Given.Value("count(r[n > 0])", data) == $"{numbers.Count(n => n > 0)}" && Given.Value("join(' ', r/n)", data) == string.Join(' ', numbers)
                && Enumerable.Range(1, numbers.Length).All(i => Given.Value($"r[{i}]/n", data) == $"{numbers[i - 1]}");
        });

    [Fact]
    public void Undo_each_other() =>
        Gen.Double[0.01, 10].Sample(x =>
        {
            var text = x.ToString("0.######", CultureInfo.InvariantCulture);
            var number = double.Parse(text, CultureInfo.InvariantCulture);
            return Near(Of($"log(exp({text}))"), number) && Near(Of($"log10(exp10({text}))"), number) && Near(Of($"pow(sqrt({text}), 2)"), number)
                && Near(Of($"atan(tan({text} div 10))"), number / 10) && Near(Of($"pow(sin({text}), 2) + pow(cos({text}), 2)"), 1) && Near(Of($"abs(-{text})"), number);
        });

    [Fact]
    public void Stand_in_one_order() =>
        Gen.Select(Small, Small).Sample((a, b) =>
            Given.Value($"{a} < {b}") == Given.Value($"not({a} >= {b})") && Given.Value($"{a} > {b}") == Given.Value($"{b} < {a}")
            && Given.Value($"{a} = {b}") == Given.Value($"not({a} != {b})") && Given.Value($"{a} <= {b} or {b} <= {a}") == "true");

    [Fact]
    public void Count_what_is_ticked_off() =>
        Gen.Select(Gen.Bool.Array[1, 6], Gen.Int[-1, 6], Gen.Int[-1, 6]).Sample((ticks, least, most) =>
        {
            var count = ticks.Count(t => t);
            var expected = (least < 0 || count >= least) && (most < 0 || count <= most);
            return Given.Value($"checklist({least}, {most}, {string.Join(", ", ticks.Select(t => t ? "true()" : "false()"))})") == (expected ? "true" : "false");
        });

    [Fact]
    public void Follow_the_laws_of_logic() =>
        Gen.Select(Gen.Bool, Gen.Bool).Sample((a, b) =>
        {
            var (x, y) = (a ? "true()" : "false()", b ? "true()" : "false()");
            return Given.Value($"not({x} and {y})") == Given.Value($"not({x}) or not({y})") && Given.Value($"boolean-from-string(string({x}))") == Given.Value(x);
        });
}

public class Functions_of_time_and_place
{
    private static readonly Gen<DateOnly> Day = Gen.Int[0, 40_000].Select(n => new DateOnly(1950, 1, 1).AddDays(n));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public void Count_days() =>
        Gen.Select(Day, Gen.Int[-5000, 5000]).Sample((day, days) =>
            Given.Value($"date(date('{Iso(day)}') + {days})") == Iso(day.AddDays(days))
            && Given.Value($"date('{Iso(day.AddDays(days))}') - date('{Iso(day)}')") == $"{days}"
            && Given.Value($"date('{Iso(day)}') < date('{Iso(day.AddDays(days))}')") == (days > 0 ? "true" : "false"));

    [Fact]
    public void Print_a_date_by_its_parts() =>
        Day.Sample(day => Given.Value($"format-date('{Iso(day)}', '%Y-%m-%d|%y|%n|%e')")
            == day.ToString("yyyy-MM-dd|yy|", CultureInfo.InvariantCulture) + FormattableString.Invariant($"{day.Month}|{day.Day}"));

    [Fact]
    public void Keep_a_moment_that_goes_through_a_number() =>
        Gen.Select(Day, Gen.Int[0, 86_399]).Sample((day, seconds) =>
        {
            var moment = day.ToDateTime(TimeOnly.MinValue).AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss.000'Z'", CultureInfo.InvariantCulture);
            var days = double.Parse(Given.Value($"decimal-date-time('{moment}')"), CultureInfo.InvariantCulture);
            return Math.Abs(days - (day.DayNumber - new DateOnly(1970, 1, 1).DayNumber + (seconds / 86_400d))) < 1e-6;
        });

    [Fact]
    public void Measure_the_same_way_there_and_back_and_never_shorter_by_a_detour() =>
        Gen.Select(Point, Point, Point).Sample((a, b, c) =>
        {
            double Of(string path) => double.Parse(Given.Value($"distance('{path}')"), CultureInfo.InvariantCulture);
            return Math.Abs(Of($"{a};{b}") - Of($"{b};{a}")) < 0.5 && Of($"{a};{c}") <= Of($"{a};{b};{c}") + 0.5;
        });

    [Fact]
    public void Measure_a_square_whichever_way_it_is_walked() =>
        Gen.Select(Gen.Int[-60, 60], Gen.Int[-170, 170], Gen.Int[1, 9]).Sample((lat, lon, tenths) =>
        {
            var size = tenths / 100d;
            string At(double y, double x) => FormattableString.Invariant($"{lat + y:0.###} {lon + x:0.###}");
            string[] corners = [At(0, 0), At(0, size), At(size, size), At(size, 0), At(0, 0)];
            double Of(IEnumerable<string> path) => double.Parse(Given.Value($"area('{string.Join(';', path)}')"), CultureInfo.InvariantCulture);
            var expected = Math.Pow(size * 111_319.49, 2) * Math.Cos((lat + (size / 2)) * Math.PI / 180);
            return Math.Abs(Of(corners) - Of(corners.Reverse())) < 1 && Math.Abs((Of(corners) / expected) - 1) < 0.02;
        });

    private static readonly Gen<string> Point = Gen.Select(Gen.Int[-80, 80], Gen.Int[-80, 80]).Select((lat, lon) => FormattableString.Invariant($"{lat} {lon}"));
}

public class Functions_of_nodes
{
    private static string Data(int count) => string.Concat(Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"<r><n>{i}</n></r>")));

    [Fact]
    public void Shuffle_without_losing_any_and_alike_for_one_seed() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int).Sample((count, seed) =>
        {
            var order = Given.Value($"join(' ', randomize(r/n, {seed}))", Data(count));
            return order == Given.Value($"join(' ', randomize(r/n, {seed}))", Data(count))
                && order.Split(' ').Order(StringComparer.Ordinal).SequenceEqual(Enumerable.Range(1, count).Select(i => $"{i}").Order(StringComparer.Ordinal));
        });

    [Fact]
    public void Filter_as_lists_do() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 13], Gen.Int[1, 4]).Sample((count, least, step) =>
            Given.Value($"join(' ', r[n >= {least} and n mod {step} = 0]/n)", Data(count)) == string.Join(' ', Enumerable.Range(1, count).Where(n => n >= least && n % step == 0)));

    [Fact]
    public void Know_their_place_among_turns() =>
        Gen.Int[1, 12].Sample(count => Given.Value("sum(r[position() = n]/n)", Data(count)) == $"{count * (count + 1) / 2}" && Given.Value("r[last()]/n", Data(count)) == $"{count}");

    [Fact]
    public void Join_sets_without_doubles() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 9], Gen.Int[0, 9]).Sample((count, a, b) =>
            Given.Value($"count(r[n <= {a}] | r[n > {b}])", Data(count)) == $"{Enumerable.Range(1, count).Count(n => n <= a || n > b)}");
}
