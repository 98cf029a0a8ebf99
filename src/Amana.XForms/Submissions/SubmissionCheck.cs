using Amana.XForms.Evaluation;

namespace Amana.XForms;

/// <summary>
/// Checks a submission against its form: structure, types, choices, required answers, constraints, relevance, numbers of turns, calculations. It throws
/// for nothing that was submitted and ends within the limits of its context. Rules that ask for the moment are judged as of the end (or start) that the
/// submission itself names, in the time zone that its moments name.
/// </summary>
public sealed class SubmissionCheck
{
    /// <summary>Most findings of one check.</summary>
    public const int MostFindings = 500;

    private static readonly HashSet<string> s_metaNames =
        ["instanceID", "instanceName", "deprecatedID", "rootUuid", "timeStart", "timeEnd", "userID", "deviceID", "email", "phoneNumber", "simSerial",
            "subscriberID", "audit", "entity", "background-geopoint"];

    private readonly CompiledForm _form;
    private readonly RuleRunner _runner;
    private readonly AnswerCheck _answers;
    private readonly List<SubmissionFinding> _findings = [];
    private bool _knowsMoment;

    private SubmissionCheck(CompiledForm form, Submission submission, EvaluationContext context)
    {
        _form = form;
        _runner = new RuleRunner(form, InstanceMaker.Fit(form, submission.Root, FormSession.MostTurns, Stray), context);
        _answers = new AnswerCheck(_runner);
    }

    /// <summary>Checks a submission.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="form">The form version that it names.</param>
    /// <param name="context">Moment of receipt, language of messages, lists that come as files.</param>
    public static SubmissionVerdict Check(Submission submission, CompiledForm form, EvaluationContext context)
    {
        var check = new SubmissionCheck(form, submission, context);
        if (!check.Belongs(submission))
            return new SubmissionVerdict(check._findings);
        check._runner.Index();
        check.FindMoment();
        check._runner.Run((_, _) => { });
        check.Visit(check._runner.Document);
        check.CheckTurns();
        check.NoteUnchecked();
        return new SubmissionVerdict(check._findings);
    }

    private void Add(FindingKind kind, FindingWeight weight, string path, string message)
    {
        if (_findings.Count < MostFindings)
            _findings.Add(new SubmissionFinding(kind, weight, path, message));
    }

    private bool Belongs(Submission submission)
    {
        if (submission.FormId != _form.Id || submission.Root.Name != _form.Root.Name)
        {
            _findings.Clear();
            Add(FindingKind.OtherForm, FindingWeight.Fault, "", $"The submission answers the form '{Short(submission.FormId)}', not '{_form.Id}'.");
            return false;
        }

        if (submission.Version != _form.Version)
            Add(FindingKind.OtherForm, FindingWeight.Doubt, "", $"The submission answers version '{Short(submission.Version)}' of the form, not '{_form.Version}'.");
        if (submission.InstanceId is null)
            Add(FindingKind.NoInstanceId, FindingWeight.Doubt, "", "The submission has no id of its own (meta/instanceID).");
        return true;
    }

    private void Stray(InstanceNode node, bool isKnown)
    {
        if (isKnown)
        {
            Add(FindingKind.RepeatedNode, FindingWeight.Fault, node.Path, $"{Short(node.Name)} comes more often than the form allows.");
            return;
        }

        if (node.Parent is { Name: "meta", Level: 2 } && s_metaNames.Contains(node.Name))
            return;
        Add(FindingKind.UnknownNode, HasText(node) ? FindingWeight.Fault : FindingWeight.Doubt, node.Path, $"The form has no {Short(node.Name)} here.");
    }

    private static bool HasText(InstanceNode node) => node.Text.Length > 0 || node.Children.Any(HasText);

    /// <summary>Forms that keep their end (or start) say when their rules were last worked out, and where.</summary>
    private void FindMoment()
    {
        var evaluator = _runner.Evaluator;
        foreach (var name in (ReadOnlySpan<string>)["end", "start"])
        {
            var definition = _form.Stamps.FirstOrDefault(node => node.PreloadParameter == name);
            var text = definition is not null && _runner.NodesOf(definition) is [{ } known, ..] ? known.Text : "";
            if (Moments.OwnOffset(text) is not { } offset || !Moments.TryRead(text, offset, out var moment))
                continue;
            evaluator.Now = moment;
            evaluator.Offset = offset;
            _knowsMoment = true;
            return;
        }

        foreach (var definition in _form.DateTimes)
        {
            if (_runner.NodesOf(definition) is not [{ } node, ..] || Moments.OwnOffset(node.Text) is not { } offset)
                continue;
            evaluator.Offset = offset;
            evaluator.Now = evaluator.Now.ToOffset(offset);
            return;
        }
    }

    private void Visit(InstanceNode node)
    {
        foreach (var child in node.ChildSpan)
        {
            if (child.Definition is not { } definition)
                continue;
            if (!child.IsRelevant)
                VisitLeftOut(child);
            else
            {
                if (!definition.IsGroup)
                    Judge(child, definition);
                Visit(child);
            }
        }
    }

    private void VisitLeftOut(InstanceNode node)
    {
        if (node.IsAbsent)
            return;
        // What the form itself fills in is no answer of a person.
        if (node.Text.Length > 0 && !node.Definition!.IsGroup && !node.IsAttribute && node.Definition.Calculate is null && node.Text != node.Definition.Default)
            Add(FindingKind.AnsweredThoughNotAsked, FindingWeight.Doubt, node.Path, "There is an answer here, though the form would not have asked.");
        foreach (var child in node.ChildSpan)
            VisitLeftOut(child);
    }

    private void Judge(InstanceNode node, CompiledNode definition)
    {
        if (definition.Calculate is { } calculation && !Verify(node, definition, calculation))
            return;
        // A rule of what nobody is asked holds for what is there; it cannot demand an answer.
        if (definition.Control is null && node.Text.Length == 0)
            return;
        if (_answers.Judge(node) is not var (fault, message))
            return;
        var kind = fault switch
        {
            AnswerFault.Missing => FindingKind.RequiredMissing,
            AnswerFault.WrongType => FindingKind.WrongType,
            AnswerFault.NoSuchChoice => FindingKind.NoSuchChoice,
            _ => FindingKind.ConstraintNotMet,
        };
        Add(kind, WeightOf(kind, definition), node.Path, message);
    }

    private FindingWeight WeightOf(FindingKind kind, CompiledNode definition)
    {
        var rule = kind == FindingKind.ConstraintNotMet ? definition.Constraint : kind == FindingKind.RequiredMissing ? definition.Required : null;
        var depends = !_knowsMoment && rule is not null && rule.IsVolatile;
        return depends ? FindingWeight.Doubt : FindingWeight.Fault;
    }

    /// <summary>
    /// Whether a calculated answer is what the form works out. What depends on moment, chance or device cannot be worked out again, and what is shown
    /// without being locked people may have changed.
    /// </summary>
    private bool Verify(InstanceNode node, CompiledNode definition, Expression calculation)
    {
        if (definition.Control is not null && !_answers.IsReadOnly(node))
            return true;
        if (calculation.IsVolatile || definition.SetValues.Count > 0)
            return true;
        if (_runner.Value(node, calculation, "calculate") is not { } value)
            return true;
        if (AnswerFormat.Same(AnswerFormat.Write(value, definition.Type), node.Text) || SaysSameElsewhere(node, definition, calculation))
            return true;
        Add(FindingKind.CalculationDiffers, FindingWeight.Doubt, node.Path, "The calculated answer is not what the form works out of the other answers.");
        return false;
    }

    /// <summary>A calculation that shows labels or names of days follows the language of the device, which is not known.</summary>
    private bool SaysSameElsewhere(InstanceNode node, CompiledNode definition, Expression calculation)
    {
        if (PathResolver.Calls(calculation.Syntax, function => function.Name is "format-date" or "format-date-time"))
            return true;
        if (!PathResolver.Calls(calculation.Syntax, function => function.Name is "jr:choice-name" or "jr:itext"))
            return false;
        var (evaluator, language) = (_runner.Evaluator, _runner.Evaluator.Language);
        var same = false;
        foreach (var other in _form.Languages)
        {
            evaluator.Language = other;
            same |= _runner.Value(node, calculation, "calculate") is { } value && AnswerFormat.Same(AnswerFormat.Write(value, definition.Type), node.Text);
        }

        evaluator.Language = language;
        return same;
    }

    private void CheckTurns()
    {
        foreach (var repeat in _form.CountedRepeats)
        {
            foreach (var parent in _runner.NodesOf(repeat.Parent!).Where(parent => parent.IsRelevant && !parent.IsAbsent))
            {
                var first = parent.First(repeat.Name);
                if (first is { IsRelevant: false } || _runner.Value(first ?? InstanceNode.StandIn(parent, repeat), repeat.RepeatCount!, "jr:count") is not { } value)
                    continue;
                var wanted = Numbers.Count(value.AsNumber(), FormSession.MostTurns);
                var count = 0;
                for (var turn = first; turn is not null; turn = turn.NextSame)
                    count++;
                if (count != wanted)
                    Add(FindingKind.TurnsDiffer, FindingWeight.Doubt, $"{parent.Path}/{repeat.Name}", $"There are {count} turns here where the form works out {wanted}.");
            }
        }
    }

    private void NoteUnchecked()
    {
        foreach (var list in _runner.Faults.Where(fault => fault.Problem.Kind == ProblemKind.MissingInstance).Select(fault => fault.Problem.Subject)
            .Concat(_answers.MissingLists).Distinct(StringComparer.Ordinal))
        {
            Add(FindingKind.NotChecked, FindingWeight.Note, "", $"Rules that look into {list} were not checked, because it was not given.");
        }

        foreach (var fault in _runner.Faults.Where(fault => fault.Problem.Kind != ProblemKind.MissingInstance).DistinctBy(fault => (fault.Path, fault.Rule)))
            Add(FindingKind.NotChecked, FindingWeight.Note, fault.Path, $"The form's {fault.Rule} rule was not checked: {fault.Problem.Message}");
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..57] + "…";
}
