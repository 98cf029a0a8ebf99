using System.Text.Json;
using Amana.XForms.Evaluation;

namespace Amana.XForms.Tests.Evaluation;

public class A_record_that_ODK_Collects_engine_filled
{
    [Fact]
    public void Has_nothing_against_it_but_what_a_rule_of_its_form_forbids()
    {
        SharedCases.SkipWhereAbsent();
        var against = new List<string>();
        foreach (var folder in SharedCases.Filled())
        {
            var verdict = SubmissionCheck.Check(SharedCases.Record(folder), SharedCases.Form(folder), SharedCases.Context);
            against.AddRange(verdict.Findings.Where(f => f.Weight >= FindingWeight.Doubt).Select(f => $"{Path.GetFileName(folder)}: {f.Kind} {f.Path}"));
        }

        // Its filler put 2010-06-15 where the form asks ". >= today()".
        Assert.Equal(["example_xls__widgets__csv: ConstraintNotMet /data/my_date"], against);
    }

    [Fact]
    public void Comes_out_the_same_when_its_answers_are_given_to_a_session()
    {
        SharedCases.SkipWhereAbsent();
        var against = new List<string>();
        var compared = 0;
        foreach (var folder in SharedCases.Filled())
        {
            var form = SharedCases.Form(folder);
            var record = SharedCases.Record(folder);
            var session = FormSession.Start(form, SharedCases.Context);
            foreach (var answer in record.Answers)
                session.Set(answer.Path, answer.Text);
            foreach (var node in form.Nodes.Where(node => node.IsRepeat && node.RepeatCount is null))
                MatchTurns(session, record, node);
            var again = SubmissionReader.Read(session.ToXml(record.InstanceId!));
            Assert.Null(again.Problem);
            compared++;
            Compare(Path.GetFileName(folder), form, record.Root, again.Submission!.Root, against);
        }

        Assert.True(compared > 200, $"Only {compared} records were compared.");
        Assert.True(against.Count == 0, string.Join('\n', against));
    }

    private static void MatchTurns(FormSession session, Submission record, CompiledNode repeat)
    {
        if (repeat.Parent!.Parent?.Parent is not null)
            return;
        var sent = record.Root.Children.Count(child => child.Name == repeat.Name);
        while (session.Turns(repeat.Path) > sent)
            session.RemoveTurn($"{repeat.Path}[{session.Turns(repeat.Path)}]");
        while (session.Turns(repeat.Path) < sent)
            Assert.Equal(AnswerOutcome.Taken, session.AddTurn(repeat.Path));
    }

    private static void Compare(string name, CompiledForm form, InstanceNode sent, InstanceNode made, List<string> against)
    {
        var (left, right) = (Shape(sent), Shape(made));
        if (left != right)
            against.Add($"{name}: {sent.Path} holds [{left}], the session made [{right}]");
        if (sent.Text != made.Text && !AnswerFormat.Same(sent.Text, made.Text) && !IsOfTheMoment(form, sent))
            against.Add($"{name}: {sent.Path} is '{sent.Text}', the session made '{made.Text}'");
        foreach (var (a, b) in sent.Children.Where(c => !c.IsAttribute).Zip(made.Children.Where(c => !c.IsAttribute)))
            Compare(name, form, a, b, against);
    }

    private static string Shape(InstanceNode node) => string.Join(' ', node.Children.Where(c => !c.IsAttribute).Select(c => c.Name));

    private static bool IsOfTheMoment(CompiledForm form, InstanceNode node)
    {
        var path = string.Join('/', node.Path.Split('/').Select(step => step.Split('[')[0]));
        var definition = form.Find(path)!;
        return definition.Preload is not null
            || (definition.Control is not null && definition.Calculate is not null)
            || (definition.Calculate is { } calculation && PathResolver.Calls(calculation.Syntax, function => function.IsVolatile))
            || definition.SetValues.Any(s => s.Value is not null && PathResolver.Calls(s.Value.Syntax, function => function.IsVolatile));
    }
}

public class A_form_of_the_reference_cases
{
    [Fact]
    public void Compiles_without_a_fault_where_ODK_Validate_has_none()
    {
        SharedCases.SkipWhereAbsent();
        var (valid, faulty, against) = (0, new List<string>(), new List<string>());
        foreach (var file in SharedCases.Forms())
        {
            var form = CompiledForm.FromXForm(SharedCases.Load(file), out var problem);
            Assert.Null(problem);
            using var facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "case.json")));
            var isValid = facts.RootElement.TryGetProperty("validate_ok", out var ok) && ok.ValueKind == JsonValueKind.True;
            valid += isValid ? 1 : 0;
            if (form!.Faults.Count > 0)
                (isValid ? against : faulty).Add($"{file}: {form.Faults[0].Path} {form.Faults[0].Rule} {form.Faults[0].Problem.Message}");
        }

        Assert.True(against.Count == 0, string.Join('\n', against));
        Assert.True(valid > 200, $"Only {valid} valid forms were seen.");
        Assert.NotEmpty(faulty);
    }
}

public class A_form_model
{
    [Fact]
    public void Is_evaluated_as_the_XForm_that_it_is_written_to()
    {
        SharedCases.SkipWhereAbsent();
        var compared = 0;
        foreach (var folder in SharedCases.Filled())
        {
            var workbook = Directory.EnumerateFiles(folder, "input.*").First();
            using var stream = File.OpenRead(workbook);
            if (XlsForm.Read(stream, Path.GetFileName(workbook)).Form is not { } model || model.RootName != SharedCases.Record(folder).Root.Name)
                continue;
            compared++;
            var form = CompiledForm.FromModel(model);
            Assert.Empty(form.Faults);
            Assert.Equal(SharedCases.Form(folder).Nodes.Select(node => node.Path), form.Nodes.Select(node => node.Path));
        }

        Assert.True(compared > 20, $"Only {compared} models were compared.");
    }
}

public class A_real_form
{
    [Fact]
    public void Opens_with_its_questions_and_comes_out_as_a_submission_without_unknown_nodes()
    {
        SharedCases.SkipWhereAbsent();
        var forms = Directory.GetFiles(Path.Combine(SharedCases.Folder!, "..", "forms"), "*.xlsx");
        Assert.NotEmpty(forms);
        foreach (var file in forms)
        {
            using var stream = File.OpenRead(file);
            var form = CompiledForm.FromModel(XlsForm.Read(stream, Path.GetFileName(file)).Form!);
            Assert.Empty(form.Faults);
            var session = FormSession.Start(form, SharedCases.Context);
            Assert.NotEmpty(session.Parts);
            var sent = SubmissionReader.Read(session.ToXml("uuid:1")).Submission!;
            var verdict = SubmissionCheck.Check(sent, form, SharedCases.Context);
            Assert.DoesNotContain(verdict.Findings, f => f.Kind is not (FindingKind.RequiredMissing or FindingKind.NotChecked));
            Assert.Equal(session.Errors().Select(error => error.Path), verdict.Findings.Where(f => f.Weight == FindingWeight.Fault).Select(f => f.Path));
        }
    }
}
