using Amana.XForms.Evaluation;

namespace Amana.XForms.Tests.Evaluation;

public class A_record_that_ODK_Collects_engine_filled
{
    [Fact]
    public void Has_nothing_against_it()
    {
        SharedCases.SkipWhereAbsent();
        var wrong = new List<string>();
        foreach (var folder in SharedCases.Filled())
        {
            var verdict = SubmissionCheck.Check(SharedCases.Record(folder), SharedCases.Form(folder), SharedCases.Context);
            wrong.AddRange(verdict.Findings.Where(f => f.Weight >= FindingWeight.Doubt).Select(f => $"{Path.GetFileName(folder)}: {f.Kind} {f.Path} {f.Message}"));
        }

        Assert.Equal([], wrong);
    }
}

public class A_form_of_the_reference_cases
{
    [Fact]
    public void Compiles_without_a_fault()
    {
        SharedCases.SkipWhereAbsent();
        var wrong = new List<string>();
        foreach (var file in SharedCases.Forms())
        {
            var form = CompiledForm.FromXForm(SharedCases.Load(file), out var problem);
            if (problem is not null)
                wrong.Add($"{file}: {problem}");
            wrong.AddRange((form?.Faults ?? []).Select(fault => $"{file}: {fault.Path} {fault.Rule} {fault.Problem.Message}"));
        }

        Assert.Equal([], wrong);
    }
}
