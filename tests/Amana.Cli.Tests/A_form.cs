using System.Text.Json;

namespace Amana.Cli.Tests;

public sealed class A_form
{
    private const string Good = """
        "survey",,,
        ,"type","name","label"
        ,"text","household","Which household?"
        ,"integer","members","How many people?"
        """;

    private const string Bad = """
        "survey",,,
        ,"type","name","label"
        ,"text","household","Which household?"
        ,"select_one colours","colour","Which colour?"
        """;

    [Fact]
    public async Task That_is_right_ends_with_0()
    {
        using var folder = new Folder();
        var answer = await Program.Amana("form", "check", folder.Write("needs.csv", Good));
        Assert.Equal(0, answer.Code);
        Assert.Contains("form 'needs', 2 questions", answer.Output);
    }

    [Fact]
    public async Task That_is_wrong_ends_with_1_and_names_sheet_and_row()
    {
        using var folder = new Folder();
        var answer = await Program.Amana("form", "check", folder.Write("needs.csv", Bad));
        Assert.Equal(1, answer.Code);
        Assert.Contains("sheet 'survey', row 3", answer.Error);
        Assert.Contains("colours", answer.Error);
    }

    [Fact]
    public async Task Is_told_as_json_to_programs()
    {
        using var folder = new Folder();
        var answer = await Program.Amana("form", "check", "--json", folder.Write("needs.csv", Bad));
        Assert.Equal(1, answer.Code);
        using var json = JsonDocument.Parse(answer.Output);
        var problem = json.RootElement.GetProperty("problems").EnumerateArray().First(p => p.GetProperty("severity").GetString() == "error");
        Assert.Equal(("survey", 3), (problem.GetProperty("sheet").GetString(), problem.GetProperty("row").GetInt32()));
    }

    [Fact]
    public async Task Is_converted_under_the_name_of_its_file()
    {
        using var folder = new Folder();
        var answer = await Program.Amana("form", "convert", folder.Write("needs.csv", Good), "-o", folder["needs.xml"]);
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        var xml = await File.ReadAllTextAsync(folder["needs.xml"]);
        Assert.Contains("id=\"needs\"", xml);
        Assert.Contains("/data/members", xml);
    }

    [Fact]
    public async Task Is_converted_with_the_root_it_is_given()
    {
        using var folder = new Folder();
        Assert.Equal(0, (await Program.Amana("form", "convert", folder.Write("needs.csv", Good), "-o", folder["needs.xml"], "--name", "visit")).Code);
        Assert.Contains("/visit/members", await File.ReadAllTextAsync(folder["needs.xml"]));
    }

    [Fact]
    public async Task That_is_wrong_leaves_no_file_and_no_half_of_one()
    {
        using var folder = new Folder();
        var answer = await Program.Amana("form", "convert", folder.Write("needs.csv", Bad), "-o", folder["needs.xml"]);
        Assert.Equal(1, answer.Code);
        Assert.Equal([folder["needs.csv"]], Directory.GetFiles(folder.Name));
    }

    [Theory]
    [InlineData("missing.xlsx", "There is no file")]
    [InlineData("sub", "is a folder, not a file")]
    [InlineData("noise.xlsx", "error")]
    [InlineData("empty.xlsx", "error")]
    public async Task That_is_none_is_refused_plainly(string file, string words)
    {
        using var folder = new Folder();
        Directory.CreateDirectory(folder["sub"]);
        await File.WriteAllBytesAsync(folder["noise.xlsx"], [0x50, 0x4B, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        await File.WriteAllBytesAsync(folder["empty.xlsx"], []);
        var answer = await Program.Amana("form", "check", folder[file]);
        Assert.Equal(1, answer.Code);
        Assert.Contains(words, answer.Error);
    }

    [Fact]
    public async Task Cannot_be_written_where_a_folder_is_or_none()
    {
        using var folder = new Folder();
        var form = folder.Write("needs.csv", Good);
        Directory.CreateDirectory(folder["sub"]);
        Assert.Equal(1, (await Program.Amana("form", "convert", form, "-o", folder["sub"])).Code);
        var answer = await Program.Amana("form", "convert", form, "-o", folder["nowhere/needs.xml"]);
        Assert.Equal(1, answer.Code);
        Assert.Contains("cannot be written", answer.Error);
    }
}
