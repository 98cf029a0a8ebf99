namespace Amana.XForms.Tests.Reading;

/// <summary>What the engine of ODK Collect calls a cycle: the converter writes the form, and every phone refuses it.</summary>
public class A_rule_that_hangs_on_itself
{
    [Theory]
    [InlineData("calculate,a,,${b} + 1,,\n,calculate,b,,${a} + 1,,", 2, "calculation", "a → b → a")]
    [InlineData("integer,a,A,,${a} > 1,", 2, "relevant", "its own answer")]
    [InlineData("calculate,a,,${a} + 1,,", 2, "calculation", "its own answer")]
    [InlineData("text,a,A,,${b} = 'x',\n,text,b,B,,,${a} = ''", 2, "relevant", "a → b → a")]
    [InlineData("begin group,g,G,,${q} = 'x',\n,text,q,Q,,,\n,end group,,,,,", 2, "relevant", "its own answer")]
    [InlineData("integer,n,N,,,\n,calculate,x,,${y} + ${n},,\n,calculate,y,,${z},,\n,calculate,z,,${x},,", 3, "calculation", "x → z → y → x")]
    public void Is_told_with_the_way_that_leads_back_to_it(string rows, int row, string column, string way)
    {
        var problem = Assert.Single(Read(rows).Problems);
        Assert.Equal((FormProblem.Cycle, row, column), (problem.Code, problem.Place.Row, problem.Place.Column));
        Assert.Contains(way, problem.Message, StringComparison.Ordinal);
        Assert.True(problem.StopsClients);
    }

    [Theory]
    [InlineData("integer,a,A,,,\n,calculate,b,,${a} + 1,,\n,calculate,c,,${a} + ${b},,\n,text,d,D,,${c} > 1,${b} > 1")]
    [InlineData("text,a,A,,,\n,text,b,B,,${a} = 'x',\n,calculate,c,,${last-saved#c} + 1,,")]
    [InlineData("begin group,g,G,,,\n,text,q,Q,,,\n,text,r,R,,${q} = 'x',\n,end group,,,,,")]
    [InlineData("begin repeat,g,G,,,\n,text,q,Q,,,\n,calculate,p,,position(..),,\n,end repeat,,,,,\n,calculate,n,,count(${g}),,")]
    public void Is_none_where_every_way_ends(string rows) => Assert.DoesNotContain(Read(rows).Problems, p => p.StopsClients);

    [Fact]
    public void Is_looked_for_in_a_chain_as_long_as_a_form()
    {
        var rows = string.Join('\n', Enumerable.Range(1, 3_000).Select(i => $",calculate,c{i},,${{c{i + 1}}} + 1,,")) + "\n,integer,c3001,C,,,";
        Assert.DoesNotContain(Read(rows[1..]).Problems, p => p.StopsClients);
        var round = Read(rows[1..].Replace(",integer,c3001,C,,,", ",calculate,c3001,,${c1},,", StringComparison.Ordinal)).Problems;
        Assert.Single(round, p => p.Code == FormProblem.Cycle);
    }

    [Theory]
    [InlineData("text,a,A,,${b} = 1,", "Check the spelling")] // one letter is like any other
    [InlineData("text,age,A,,${Age} = 1,", "Did you mean 'age'?")]
    [InlineData("text,village,A,,${vilage} = 1,", "Did you mean 'village'?")]
    public void Or_a_name_that_there_is_not_is_told_the_nearest_only_where_it_is_near(string rows, string words) =>
        Assert.Contains(words, Assert.Single(Read(rows).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void Or_a_list_that_lost_its_rows_is_not_said_to_lack_its_sheet() =>
        Assert.Contains(Read("select_one l,b,B,,,\nchoices\n,list_name,name,label\n,l,,X").Errors, e => e.Message.Contains("The sheet 'choices' has no list 'l'", StringComparison.Ordinal));

    [Fact]
    public void Or_a_sheet_of_entities_that_is_at_fault_is_told_there_and_not_as_missing()
    {
        const string Form = "survey\n,type,name,label,save_to\n,text,a,A,code\n";
        Assert.Equal(["entity.list-name"], Whole(Form + "entities\n,list_name,label\n,my list,${a}\n").Errors.Select(e => e.Code));
        Assert.Equal(["entity.none"], Whole(Form).Errors.Select(e => e.Code));
    }

    private static XlsFormReading Whole(string csv) => XlsForm.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv)), "form.csv");

    private static XlsFormReading Read(string rows) => Whole($"survey\n,type,name,label,calculation,relevant,required\n,{rows}\n");
}
