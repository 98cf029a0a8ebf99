using System.Text;
using System.Text.Json;

namespace Amana.Cli.Tests;

/// <summary>What <c>amana disclose</c> does with files.</summary>
public sealed class A_file_of_people
{
    private const string People = "sex;age;place;weight;home\nf;20;x;10;1\nf;20;x;20;1\nm;30;x;15;2\nm;31;y;5;2\nf;32;y;30;3\nf;33;y;40;3\n";

    [Fact]
    public async Task Is_measured_under_stable_names()
    {
        using var folder = new Folder();
        var answer = await Program.Amana("disclose", "risk", folder.Write("people.csv", People), "--keys", "sex,place", "--weight", "weight", "--household", "home", "--suda", "--sensitive", "age", "--json");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        using var json = JsonDocument.Parse(answer.Output);
        var root = json.RootElement;
        Assert.Equal((6, 4, 2), (root.GetProperty("rows").GetInt32(), root.GetProperty("classes").GetInt32(), root.GetProperty("uniques").GetInt32()));
        Assert.Equal((2, 6, 6), (root.GetProperty("violators").GetProperty("2").GetInt32(), root.GetProperty("violators").GetProperty("3").GetInt32(), root.GetProperty("violators").GetProperty("5").GetInt32()));
        Assert.Equal(.7636880211, root.GetProperty("ER").GetDouble(), 1e-9);
        Assert.Equal(1.3636920447, root.GetProperty("household").GetProperty("ER").GetDouble(), 1e-9);
        Assert.Equal(2, root.GetProperty("suda").GetProperty("specialUniques").GetInt32());
        Assert.Equal(1, root.GetProperty("sensitive").GetProperty("distinct").GetInt32());
    }

    [Fact]
    public async Task May_have_decimal_commas_and_say_how_it_writes_what_is_not_there()
    {
        using var folder = new Folder();
        var file = folder.Write("people.csv", "a;b;w\n1;1;18\n1;2;45,5\n2;2;39\nNA;2;17\n1;NA;541\n");
        var asValue = await Program.Amana("disclose", "risk", file, "--keys", "a,b", "--weight", "w", "--json");
        Assert.Equal((0, 5), (asValue.Code, Number(asValue.Output, "uniques")));
        Assert.Contains("--na NA", asValue.Error, StringComparison.Ordinal);
        var asGap = await Program.Amana("disclose", "risk", file, "--keys", "a,b", "--weight", "w", "--na", "NA", "--json");
        Assert.Equal((0, "", 0), (asGap.Code, asGap.Error, Number(asGap.Output, "uniques"))); // who has a gap could be anybody

        static int Number(string output, string name)
        {
            using var json = JsonDocument.Parse(output);
            return json.RootElement.GetProperty(name).GetInt32();
        }
    }

    [Fact]
    public async Task Is_recoded_to_the_best_levels()
    {
        using var folder = new Folder();
        folder.Write("sex.csv", "f;*\nm;*\n");
        folder.Write("some_place.csv", "x;*\ny;*\n");
        var answer = await Program.Amana(
            "disclose", "recode", folder.Write("people.csv", People), "--keys", "sex,place", "--hierarchies", folder.Name, "--k", "2", "--suppression", "0", "-o", folder["out.csv"], "--json");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        using var json = JsonDocument.Parse(answer.Output);
        Assert.Equal([1, 0], json.RootElement.GetProperty("levels").EnumerateArray().Select(l => l.GetInt32()));
        foreach (var name in new[] { "loss", "suppressed", "classes", "seconds" })
            Assert.Equal(JsonValueKind.Number, json.RootElement.GetProperty(name).ValueKind);
        Assert.StartsWith("sex;age;place;weight;home\r\n*;20;x;10;1\r\n", await File.ReadAllTextAsync(folder["out.csv"]));
    }

    [Fact]
    public async Task Is_recoded_locally_without_taking_anybody_out()
    {
        using var folder = new Folder();
        folder.Write("sex.csv", "f;*\nm;*\n");
        folder.Write("place.csv", "x;*\ny;*\n");
        var answer = await Program.Amana(
            "disclose", "recode", folder.Write("people.csv", People), "--keys", "sex,place", "--hierarchies", folder.Name, "--k", "2", "--local", "-o", folder["out.csv"], "--json");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        using var json = JsonDocument.Parse(answer.Output);
        Assert.Equal(3, json.RootElement.GetProperty("classes").GetInt32());
        Assert.StartsWith("sex;age;place;weight;home\r\nf;20;x;10;1\r\n", await File.ReadAllTextAsync(folder["out.csv"]));
    }

    [Fact]
    public async Task Is_suppressed_within_groups_or_on_sets_of_keys()
    {
        using var folder = new Folder();
        var file = folder.Write("people.csv", People);
        var within = await Program.Amana("disclose", "suppress", file, "--keys", "age", "--within", "sex", "--k", "2", "-o", folder["within.csv"], "--json");
        var sets = await Program.Amana("disclose", "suppress", file, "--keys", "sex,age,place", "--sets", "1", "--k", "2", "-o", folder["sets.csv"], "--json");
        Assert.Equal(("", ""), (within.Error, sets.Error));
        using var onSets = JsonDocument.Parse(sets.Output);
        Assert.Equal((0, 0), (onSets.RootElement.GetProperty("suppressed").GetProperty("sex").GetInt32(), onSets.RootElement.GetProperty("suppressed").GetProperty("place").GetInt32()));
        Assert.True(onSets.RootElement.GetProperty("cells").GetInt32() > 0);
    }

    [Theory]
    [InlineData("out.csv")]
    [InlineData("out.parquet")]
    public async Task Is_suppressed_until_nobody_stands_alone(string file)
    {
        using var folder = new Folder();
        var answer = await Program.Amana("disclose", "suppress", folder.Write("people.csv", People), "--keys", "sex,age,place", "--k", "2", "-o", folder[file], "--json");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        using var json = JsonDocument.Parse(answer.Output);
        Assert.Equal((4, 0), (json.RootElement.GetProperty("violatorsBefore").GetInt32(), json.RootElement.GetProperty("violatorsAfter").GetInt32()));
        var again = await Program.Amana("disclose", "risk", folder[file], "--keys", "sex,age,place", "--json");
        using var after = JsonDocument.Parse(again.Output);
        Assert.Equal((6, 0), (after.RootElement.GetProperty("rows").GetInt32(), after.RootElement.GetProperty("violators").GetProperty("2").GetInt32()));
        Assert.Equal(2, Directory.GetFiles(folder.Name).Length);
    }

    [Fact]
    public async Task Is_counted_without_small_cells()
    {
        using var folder = new Folder();
        var rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"{(i % 2 == 0 ? "f" : "m")},{(i < 3 ? "x" : i < 15 ? "y" : "z")}\n"));
        var answer = await Program.Amana("disclose", "table", folder.Write("people.csv", "sex,place\n" + rows), "--rows", "place", "--columns", "sex", "--min", "5", "--json");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        using var json = JsonDocument.Parse(answer.Output);
        var shown = json.RootElement.GetProperty("cells").EnumerateArray().SelectMany(r => r.EnumerateArray()).ToArray();
        Assert.Equal(["small", "small"], shown.Take(2).Select(c => c.GetString()));
        Assert.All(shown.Where(c => c.ValueKind == JsonValueKind.Number), c => Assert.True(c.GetInt64() >= 5));
    }

    [Fact]
    public async Task Is_compared_with_what_was_made_of_it()
    {
        using var folder = new Folder();
        var file = folder.Write("people.csv", People);
        folder.Write("released.csv", People.Replace("m;30;x", "m;;x").Replace("m;31;y", ";;y"));
        var answer = await Program.Amana("disclose", "compare", file, folder["released.csv"], "--keys", "sex,age", "--numbers", "weight", "--by", "home", "--json");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        using var json = JsonDocument.Parse(answer.Output);
        var suppressed = json.RootElement.GetProperty("suppressed");
        Assert.Equal((3, 2, "2"), (suppressed.GetProperty("cells").GetInt32(), suppressed.GetProperty("columns").GetProperty("age").GetInt32(), suppressed.GetProperty("losesMost").GetProperty("group").GetString()));
        Assert.Equal(0, json.RootElement.GetProperty("numbers").GetProperty("il1s").GetDouble());
        var other = await Program.Amana("disclose", "compare", file, folder.Write("fewer.csv", "sex;age\nf;20\n"), "--keys", "sex,age");
        Assert.Equal(1, other.Code);
        Assert.Contains("fewer.csv: 1 records, not the 6", other.Error);
    }

    [Fact]
    public async Task May_be_written_in_an_old_encoding()
    {
        using var folder = new Folder();
        var arabic = CodePagesEncodingProvider.Instance.GetEncoding(1256)!;
        await File.WriteAllBytesAsync(folder["people.csv"], arabic.GetBytes("place\nحلب\nحلب\nحمص\nحماة\n"));
        var answer = await Program.Amana("disclose", "table", folder["people.csv"], "--rows", "place", "--json");
        Assert.Contains("حماة", answer.Output);
    }

    [Theory]
    [InlineData("there is no column 'colour'", "risk", "people.csv", "--keys", "sex,colour")]
    [InlineData("There is no file", "risk", "nobody.csv", "--keys", "sex")]
    [InlineData("people.csv, record 1: column 'sex' holds something that is not a number", "risk", "people.csv", "--keys", "place", "--weight", "sex")]
    [InlineData("uneven.csv, line 3", "risk", "uneven.csv", "--keys", "a")]
    [InlineData("has no hierarchy for 'sex'", "recode", "people.csv", "--keys", "sex", "--hierarchies", ".", "-o", "out.csv")]
    [InlineData("record 4: column 'place' holds a value that its hierarchy does not have", "recode", "people.csv", "--keys", "place", "--hierarchies", "trees", "-o", "out.csv")]
    [InlineData("is the file that is read", "suppress", "people.csv", "--keys", "sex", "--k", "2", "-o", "people.csv")]
    [InlineData("6 records cannot be 7 alike", "suppress", "people.csv", "--keys", "sex", "--k", "7", "-o", "out.csv")]
    [InlineData("is no Parquet file that can be read", "risk", "noise.parquet", "--keys", "sex")]
    public async Task Is_refused_plainly_where_something_is_wrong(string words, string command, params string[] args)
    {
        using var folder = new Folder();
        folder.Write("people.csv", People);
        folder.Write("uneven.csv", "a,b\n1,2\n3\n");
        folder.Write("noise.parquet", "PAR1 is not what this is PAR1");
        Directory.CreateDirectory(folder["trees"]);
        folder.Write("trees/place.csv", "x;*\n");
        var answer = await Program.Amana(["disclose", command, .. args.Select(a => a is "." or "trees" || a.Contains('.') ? folder[a] : a)]);
        Assert.Contains(words, answer.Error);
        Assert.Equal((1, ""), (answer.Code, answer.Output));
        Assert.False(File.Exists(folder["out.csv"]));
    }

    [Theory]
    [InlineData("disclose")]
    [InlineData("disclose", "risk", "people.csv")]
    [InlineData("disclose", "suppress", "people.csv", "--keys", "sex", "--k", "1", "-o", "out.csv")]
    [InlineData("disclose", "suppress", "people.csv", "--keys", "sex,sex", "-o", "out.csv")]
    [InlineData("disclose", "suppress", "people.csv", "--keys", "sex", "--weights", "1,2", "-o", "out.csv")]
    [InlineData("disclose", "recode", "people.csv", "--keys", "sex", "--hierarchies", ".", "--suppression", "4", "-o", "out.csv")]
    [InlineData("disclose", "recode", "people.csv", "--keys", "sex", "--hierarchies", ".", "--metric", "beauty", "-o", "out.csv")]
    [InlineData("disclose", "table", "people.csv", "--rows", "sex", "--min", "2")]
    public async Task Ends_with_2_when_the_command_is_wrong(params string[] args)
    {
        var answer = await Program.Amana(args);
        Assert.Equal((2, ""), (answer.Code, answer.Output));
        Assert.Contains("--help", answer.Error);
    }
}
