using Amana.XForms.Evaluation;

namespace Amana.XForms.Tests.Evaluation;

public class A_function
{
    [Theory]
    [InlineData("selected('a b', 'b')", "true")]
    [InlineData("selected('ab', 'b')", "false")]
    [InlineData("selected('', '')", "true")]
    [InlineData("selected-at('a b c', 1)", "b")]
    [InlineData("selected-at('a b c', 3)", "")]
    [InlineData("count-selected(' a  b ')", "2")]
    [InlineData("coalesce('', 'x')", "x")]
    [InlineData("if(1 > 2, 'yes', 'no')", "no")]
    [InlineData("boolean-from-string('TRUE')", "true")]
    [InlineData("boolean-from-string('2')", "false")]
    [InlineData("checklist(2, -1, true(), false(), true())", "true")]
    [InlineData("checklist(-1, 1, true(), false(), true())", "false")]
    [InlineData("weighted-checklist(5, 9, true(), 4, false(), 100, true(), 2)", "true")]
    [InlineData("not(0)", "true")]
    [InlineData("once('a')", "a")]
    public void Decides(string expression, string value) => Assert.Equal(value, Given.Value(expression));

    [Theory]
    [InlineData("concat('a', 1, true())", "a1true")]
    [InlineData("substr('hello', 1, 3)", "el")]
    [InlineData("substr('hello', -3)", "llo")]
    [InlineData("substr('hello', 4, 2)", "")]
    [InlineData("substring('12345', 2, 3)", "234")]
    [InlineData("substring-before('2026-03', '-')", "2026")]
    [InlineData("substring-after('2026-03', '-')", "03")]
    [InlineData("substring-after('2026', '-')", "")]
    [InlineData("contains('abc', 'bc')", "true")]
    [InlineData("starts-with('abc', 'b')", "false")]
    [InlineData("ends-with('abc', 'bc')", "true")]
    [InlineData("string-length('abc')", "3")]
    [InlineData("normalize-space('  a \t b ')", "a b")]
    [InlineData("translate('abcabc', 'abc', 'xy')", "xyxy")]
    [InlineData("regex('0771234567', '[0-9]{10}')", "true")]
    [InlineData("regex('x0771234567', '[0-9]{10}')", "false")]
    [InlineData("regex('٣', '\\d')", "false")]
    [InlineData("regex('ab-1', '[\\w-]+')", "true")]
    [InlineData("regex('Abc', '\\p{Upper}\\p{Lower}+')", "true")]
    [InlineData("join('-', 'a', 'b')", "a-b")]
    public void Works_on_texts(string expression, string value) => Assert.Equal(value, Given.Value(expression));

    [Theory]
    [InlineData("int(-3.7)", "-3")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(-2.5)", "-2")]
    [InlineData("round(1.005, 2)", "1.01")]
    [InlineData("round(33.33, -1)", "30")]
    [InlineData("pow(2, 10)", "1024")]
    [InlineData("sqrt(16)", "4")]
    [InlineData("exp10(3)", "1000")]
    [InlineData("log10(1000)", "3")]
    [InlineData("round(sin(pi() div 2), 6)", "1")]
    [InlineData("round(atan2(1, 1), 4)", "0.7854")]
    [InlineData("abs(-2)", "2")]
    [InlineData("max('', 3, 'x')", "3")]
    public void Works_on_numbers(string expression, string value) => Assert.Equal(value, Given.Value(expression));

    [Theory]
    [InlineData("today()", "2026-03-06")]
    [InlineData("format-date-time(now(), '%Y-%m-%d %H:%M:%S.%3')", "2026-03-06 01:30:00.000")]
    [InlineData("format-date('2026-03-05', '%d/%n/%y %a %b')", "05/3/26 Thu Mar")]
    [InlineData("date('2026-03-05') - date('2026-03-01')", "4")]
    [InlineData("date(1)", "1970-01-02")]
    [InlineData("date('')", "")]
    [InlineData("number(date('1970-01-11'))", "10")]
    [InlineData("date('2024-02-29') + 1 = date('2024-03-01')", "true")]
    [InlineData("int((date('2026-03-05') - date('1990-03-06')) div 365.25)", "35")]
    [InlineData("decimal-date-time('1970-01-02T00:00:00.000Z')", "1")]
    [InlineData("decimal-time('2026-03-05T12:00:00.000+03:00')", "0.5")]
    [InlineData("format-date-time('2026-03-05T21:30:00.000Z', '%e %h')", "6 0")]
    [InlineData("today() > '2026-03-01'", "true")]
    public void Works_on_dates_in_the_time_zone_of_its_context(string expression, string value) => Assert.Equal(value, Given.Value(expression));

    [Theory]
    [InlineData("date('2026-02-30')", "not a date")]
    [InlineData("date('soon')", "not a date")]
    [InlineData("format-date('2026-03-05', '%Q')", "pattern")]
    [InlineData("date(99999999999)", "no date")]
    [InlineData("digest('a', 'CRC')", "method")]
    [InlineData("instance('people')/root/item", "was not given")]
    [InlineData("distance('here')", "places")]
    [InlineData("sum(3)", "repeated")]
    public void Refuses_what_it_cannot_use(string expression, string word) => Assert.Contains(word, Given.Refusal(expression).Message, StringComparison.Ordinal);

    [Fact]
    public void Measures_an_area_on_the_sphere()
    {
        // A tenth of a degree at the equator is 11.13 km a side.
        var area = double.Parse(Given.Value("area('0 0 0 0; 0.1 0 0 0; 0.1 0.1 0 0; 0 0.1 0 0; 0 0 0 0')"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(area, 123.8e6, 124.1e6);
    }

    [Theory]
    [InlineData("round(distance('0 0', '0 1'))", "111319")]
    [InlineData("geofence('0.5 0.5', '0 0;0 1;1 1;1 0;0 0')", "true")]
    [InlineData("geofence('1.5 0.5', '0 0;0 1;1 1;1 0;0 0')", "false")]
    [InlineData("intersects('0 0;1 1;1 0;0 1')", "true")]
    [InlineData("intersects('0 0;0 1;1 1;1 0;0 0')", "false")]
    public void Knows_the_map(string expression, string value) => Assert.Equal(value, Given.Value(expression));

    [Theory]
    [InlineData("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("digest('abc', 'SHA-256', 'hex')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("digest('abc', 'SHA-1')", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=")]
    [InlineData("base64-decode('2YXYsdit2KjYpw==')", "مرحبا")]
    [InlineData("property('username')", "amina")]
    [InlineData("string-length(uuid())", "36")]
    [InlineData("string-length(uuid(8))", "8")]
    public void Encodes_and_identifies(string expression, string value) => Assert.Equal(value, Given.Value(expression));

    [Fact]
    public void Looks_a_row_up_in_a_file()
    {
        var lists = new Dictionary<string, InstanceNode> { ["camps"] = ItemLists.FromCsv("name,label,people\nn1,\"North, upper\",120\nn2,South,80\n") };
        var data = ItemLists.FromElement(new System.Xml.Linq.XElement("data", new System.Xml.Linq.XElement("camp", "n1")));
        var context = Given.Context with { Lists = lists };
        Assert.Equal("North, upper", Evaluate("pulldata('camps', 'label', 'name', /data/camp)"));
        Assert.Equal("120", Evaluate("instance('camps')/root/item[name = /data/camp]/people"));
        Assert.Equal("200", Evaluate("sum(instance('camps')/root/item/people)"));
        Assert.Equal("1", Evaluate("count(instance('camps')/root/item[people < 100 and name != current()/camp])"));

        string Evaluate(string text) => Expression.Parse(text).Expression!.Evaluate(data.First("data")!, context).Value.AsText();
    }

    [Theory]
    [InlineData(33, "0123456789", "3548201697")]
    [InlineData(42, "0123456789", "0591846372")]
    [InlineData(42, "ABCDEF", "AFCBDE")]
    [InlineData(-42, "ABCDEF", "EDAFBC")]
    [InlineData(11111111, "ABCDEF", "ACDBFE")]
    public void Puts_nodes_in_the_order_that_other_clients_make_of_the_same_seed(int seed, string given, string order) =>
        Assert.Equal(order, Given.Value($"concat(randomize(r, {seed}))", string.Concat(given.Select(c => $"<r>{c}</r>"))));

    [Fact]
    public void Of_every_name_that_clients_know_is_here() =>
        Assert.Empty(("instance if coalesce indexed-repeat true false boolean number int round string date date-time decimal-date-time decimal-time not "
            + "boolean-from-string format-date format-date-time abs sin cos tan asin acos atan atan2 sqrt exp exp10 log log10 pi pow selected is-selected "
            + "count-selected selected-at position count count-non-empty sum max min today now concat join substr substring-before substring-after translate "
            + "contains starts-with ends-with string-length normalize-space checklist weighted-checklist regex depend random randomize once uuid version property "
            + "area enclosed-area distance geofence intersects digest base64-decode extract-signed pulldata jr:choice-name jr:itext current").Split(' ')
            .Except(Expression.FunctionNames));
}
