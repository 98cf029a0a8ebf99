namespace Amana.Cli.Tests;

public sealed class A_list_of_forms
{
    private const string Good = "survey\n,type,name,label\n,text,a,A\n";
    private const string Bad = "survey\n,type,name,label\n,txt,a,A\n,text,,B\n";

    [Fact]
    public async Task Is_converted_form_by_form_and_the_refused_ones_say_why()
    {
        using var folder = new Folder();
        var list = folder.Write("list.tsv", $"{folder.Write("good.csv", Good)}\t{folder["good.xml"]}\tvisit\n{folder.Write("bad.csv", Bad)}\t{folder["bad.xml"]}\t\n{folder["none.csv"]}\t{folder["none.xml"]}\t\n");
        var answer = await Program.Amana("form", "convert", "--batch", list);
        Assert.Equal((0, "1 converted, 2 refused"), (answer.Code, answer.Error.Trim()));
        Assert.Contains("/visit/a", await File.ReadAllTextAsync(folder["good.xml"]));
        Assert.Equal(2, (await File.ReadAllLinesAsync(folder["bad.xml.error"])).Length);
        Assert.Contains("There is no file", await File.ReadAllTextAsync(folder["none.xml.error"]));
        Assert.False(File.Exists(folder["bad.xml"]) || File.Exists(folder["good.xml.error"]));
    }

    [Fact]
    public async Task Leaves_nothing_of_an_earlier_run_that_no_longer_holds()
    {
        using var folder = new Folder();
        var list = folder.Write("list.tsv", $"{folder.Write("f.csv", Good)}\t{folder["f.xml"]}\t\n");
        Assert.Equal(0, (await Program.Amana("form", "convert", "--batch", list)).Code);
        folder.Write("f.csv", Bad);
        Assert.Equal(0, (await Program.Amana("form", "convert", "--batch", list)).Code);
        Assert.Equal((false, true), (File.Exists(folder["f.xml"]), File.Exists(folder["f.xml.error"])));
        folder.Write("f.csv", Good);
        Assert.Equal(0, (await Program.Amana("form", "convert", "--batch", list)).Code);
        Assert.Equal((true, false), (File.Exists(folder["f.xml"]), File.Exists(folder["f.xml.error"])));
    }

    [Fact]
    public async Task That_is_no_list_is_refused_with_its_line()
    {
        using var folder = new Folder();
        var answer = await Program.Amana("form", "convert", "--batch", folder.Write("list.tsv", "\nonly one word\n"));
        Assert.Equal(1, answer.Code);
        Assert.Contains("line 2", answer.Error);
    }

    [Theory]
    [InlineData("form", "convert")]
    [InlineData("form", "convert", "a.xlsx")]
    [InlineData("form", "convert", "a.xlsx", "--batch", "b")]
    [InlineData("form", "convert", "--batch", "b", "-o", "c")]
    public async Task Stands_alone(params string[] args) => Assert.Equal(2, (await Program.Amana(args)).Code);
}
