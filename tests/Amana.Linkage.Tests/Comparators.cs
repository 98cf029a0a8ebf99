using CsCheck;

namespace Amana.Linkage.Tests;

public class A_similarity
{
    private static readonly Gen<string> Word = Gen.Char['a', 'e'].Array[0, 9].Select(c => new string(c));

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    [InlineData("ab", "ba", 2)]
    public void By_Levenshtein_counts_edits(string a, string b, int edits) => Assert.Equal(edits, Similarity.Levenshtein(a, b));

    [Theory]
    [InlineData("ab", "ba", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("1971-06-24", "1971-06-42", 1)]
    public void By_Damerau_counts_swapped_neighbours_as_one(string a, string b, int edits) => Assert.Equal(edits, Similarity.DamerauLevenshtein(a, b));

    /// <summary>The examples in Winkler's papers.</summary>
    [Theory]
    [InlineData("martha", "marhta", 0.9444, 0.9611)]
    [InlineData("dwayne", "duane", 0.8222, 0.8400)]
    [InlineData("dixon", "dicksonx", 0.7667, 0.8133)]
    [InlineData("abc", "xyz", 0, 0)]
    public void By_Jaro_and_Winkler_has_the_published_values(string a, string b, double jaro, double winkler)
    {
        Assert.Equal(jaro, Similarity.Jaro(a, b), 4);
        Assert.Equal(winkler, Similarity.JaroWinkler(a, b), 4);
    }

    [Fact]
    public void Of_words_ignores_their_order()
    {
        Assert.Equal(1, Similarity.TokenSet(["abdul", "karim"], ["karim", "abdul"]), 6);
        Assert.InRange(Similarity.TokenSet(["green", "street", "12"], ["grene", "street", "12"]), 0.95, 0.999);
        Assert.Equal(0.5, Similarity.TokenSet(["a", "b"], ["a", "c"]), 6);
    }

    [Fact]
    public void Is_symmetric_and_bounded() =>
        Gen.Select(Word, Word).Sample((a, b) =>
            Similarity.Jaro(a, b) == Similarity.Jaro(b, a)
            && Similarity.JaroWinkler(a, b) is >= 0 and <= 1
            && Similarity.Levenshtein(a, b) == Similarity.Levenshtein(b, a)
            && Similarity.DamerauLevenshtein(a, b) <= Similarity.Levenshtein(a, b)
            && Similarity.Levenshtein(a, b) <= Math.Max(a.Length, b.Length), iter: 20_000);

    [Fact]
    public void Of_words_is_symmetric() =>
        Gen.Select(Word.Array[0, 4], Word.Array[0, 4]).Sample((a, b) => Math.Abs(Similarity.TokenSet(a, b) - Similarity.TokenSet(b, a)) < 1e-12, iter: 5000);

    [Fact]
    public void Agrees_with_a_plain_table_of_edits() =>
        Gen.Select(Word, Word).Sample((a, b) => Similarity.Levenshtein(a, b) == Table(a, b, false) && Similarity.DamerauLevenshtein(a, b) == Table(a, b, true), iter: 5000);

    [Fact]
    public void With_a_floor_is_the_same_wherever_the_floor_is_reached() =>
        Gen.Select(Word, Word, Gen.Double[0, 1]).Sample((a, b, floor) =>
        {
            var (quick, plain) = (Similarity.JaroWinkler(a, b, floor), Similarity.JaroWinkler(a, b));
            return plain >= floor ? quick == plain : quick < floor || quick == plain;
        }, iter: 20_000);

    private static int Table(string a, string b, bool swaps)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (swaps && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }

        return d[a.Length, b.Length];
    }
}

public class A_date
{
    [Theory]
    [InlineData("1971-06-24", 1971, 6, 24)]
    [InlineData("19710624", 1971, 6, 24)]
    [InlineData("24/06/1971", 1971, 6, 24)]
    [InlineData("06/24/1971", 1971, 6, 24)]
    [InlineData("1971-06", 1971, 6, null)]
    [InlineData("1971", 1971, null, null)]
    [InlineData("١٩٧١/٠٦/٢٤", 1971, 6, 24)]
    [InlineData("1971-00-00", 1971, null, null)]
    public void Is_read_as_far_as_it_is_known(string text, int year, int? month, int? day) =>
        Assert.Equal(new DateValue(year, month, day), DateValue.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("1971-13-24")]
    [InlineData("71-06-24")]
    [InlineData("1971-06-24-01")]
    [InlineData("1971-06-99")]
    public void Out_of_form_counts_as_missing(string text) => Assert.Null(DateValue.Parse(text));

    [Theory]
    [InlineData("1971-06-24", "1971-06-24", DateAgreement.Equal)]
    [InlineData("1971-06-04", "1971-04-06", DateAgreement.Swapped)]
    [InlineData("1971-06-24", "1971-06-25", DateAgreement.OneSlip)]
    [InlineData("1971-06-24", "1917-06-24", DateAgreement.OneSlip)]
    [InlineData("1971-06-24", "1971-06", DateAgreement.PartsAgree)]
    [InlineData("1971", "1971", DateAgreement.PartsAgree)]
    [InlineData("1971-06-24", "1971-11-24", DateAgreement.TwoOfThree)]
    [InlineData("1971-06-24", "1972-11-03", DateAgreement.NearYear)]
    [InlineData("1971", "1972-01-01", DateAgreement.NearYear)]
    [InlineData("1971-06-24", "1985-11-03", DateAgreement.Different)]
    public void Agrees_with_another_by_level(string a, string b, DateAgreement level)
    {
        var (one, other) = (DateValue.Parse(a)!.Value, DateValue.Parse(b)!.Value);
        Assert.Equal(level, one.Compare(other));
        Assert.Equal(level, other.Compare(one));
    }
}

public class A_comparison
{
    private static readonly Comparison Name = Comparison.Name("given", "family");

    [Theory]
    [InlineData("Amal", "Haddad", "Amal", "Khoury", "equal")]
    [InlineData("Katherine", "Lind", "Katharine", "Lind", "near")]
    [InlineData("محمد", "Lind", "Mohamed", "Lind", "alike")]
    [InlineData("Amal", "Haddad", "Haddad", "Amal", "in the other's place")]
    [InlineData("Amal", "Haddad", "Peter", "Lind", "different")]
    public void Of_names_tells_levels_apart(string given, string family, string otherGiven, string otherFamily, string level)
    {
        var (a, b) = (Name.Prepare(Person(given, family)), Name.Prepare(Person(otherGiven, otherFamily)));
        Assert.Equal(level, Name.Levels[Name.Compare(a, b)]);
        Assert.Equal(level, Name.Levels[Name.Compare(b, a)]);
    }

    [Fact]
    public void With_a_missing_value_says_nothing() =>
        Assert.Equal(Comparison.Missing, Name.Compare(Name.Prepare(Person("Amal", "Haddad")), Name.Prepare(Person(" ", "Haddad"))));

    [Theory]
    [InlineData("AB-1234", "ab1234", 0)]
    [InlineData("AB-1234", "AB-1243", 1)]
    [InlineData("AB-1234", "AB-2143", 2)]
    [InlineData("7", "8", 3)]
    [InlineData("AB-1234", "ZZ-9876", 3)]
    public void Of_codes_counts_slips_of_the_keyboard(string a, string b, int level)
    {
        var code = Comparison.Code("n");
        Assert.Equal(level, code.Compare(code.Prepare(One("n", a)), code.Prepare(One("n", b))));
    }

    [Theory]
    [InlineData("amal.h@example.org", "Amal.H@example.org ", 0)]
    [InlineData("amal.h@example.org", "amal.h@example.net", 1)]
    [InlineData("amal.h@example.org", "amal.hh@example.org", 2)]
    [InlineData("amal.h@example.org", "zz@elsewhere.test", 3)]
    public void Of_addresses_tells_levels_apart(string a, string b, int level)
    {
        var mail = Comparison.Email("mail");
        Assert.Equal(level, mail.Compare(mail.Prepare(One("mail", a)), mail.Prepare(One("mail", b))));
    }

    internal static LinkRecord Person(string given, string family, string id = "1") =>
        new(id, new Dictionary<string, string?>(StringComparer.Ordinal) { ["given"] = given, ["family"] = family });

    private static LinkRecord One(string field, string value) => new("1", new Dictionary<string, string?>(StringComparer.Ordinal) { [field] = value });
}
