namespace Amana.XForms.Evaluation;

/// <summary>What became of an answer that was given.</summary>
public enum AnswerOutcome
{
    /// <summary>It stands in the data.</summary>
    Taken,

    /// <summary>The form has no such question at that place.</summary>
    NoSuchQuestion,

    /// <summary>The form works this answer out by itself.</summary>
    NotForPeople,

    /// <summary>The answer, or the number of turns, is larger than is allowed.</summary>
    TooLarge,
}

/// <summary>
/// One filling-in of a form: answers are given by path, and it says what is to be asked, what is wrong and what the submission is. It works without any
/// script on the other side: give it all posted answers, then ask. Not for several threads at once.
/// </summary>
public sealed partial class FormSession
{
    /// <summary>Most turns of one repeat.</summary>
    public const int MostTurns = 1_000;

    private const int MostRounds = 8;
    /// <summary>Most letters of one answer; a longer one is not taken.</summary>
    public const int LongestAnswer = 100_000;
    private readonly EvaluationContext _context;
    private readonly RuleRunner _runner;
    private bool _isStale = true;
    private bool _isRefreshing;

    private FormSession(CompiledForm form, InstanceNode document, EvaluationContext context)
    {
        Form = form;
        _context = context;
        _runner = new RuleRunner(form, document, context);
        _runner.Evaluator.HasNoLastSaved = true;
    }

    /// <summary>The form.</summary>
    public CompiledForm Form { get; }

    /// <summary>Rules that could not be worked out on the answers so far; such a rule holds nothing back.</summary>
    public IReadOnlyList<RuleFault> Faults
    {
        get
        {
            Refresh();
            return _runner.Faults;
        }
    }

    private InstanceNode Document => _runner.Document;

    /// <summary>Opens an empty form: fixed defaults, computed defaults and what the device would fill in.</summary>
    public static FormSession Start(CompiledForm form, EvaluationContext context)
    {
        var session = new FormSession(form, InstanceMaker.Empty(form), context);
        session._runner.Index();
        foreach (var node in form.Nodes)
        {
            foreach (var instance in session._runner.NodesOf(node))
                session.FillIn(instance);
        }

        session.Fire(session.Document, "odk-instance-first-load", "odk-instance-load");
        return session;
    }

    /// <summary>Opens a form with answers given before (a draft or a submission): nodes that the form does not know are dropped.</summary>
    public static FormSession Resume(CompiledForm form, Submission before, EvaluationContext context)
    {
        var document = InstanceMaker.Fit(form, before.Root, MostTurns, (_, _) => { });
        var session = new FormSession(form, document, context);
        session.Fire(document, "odk-instance-load");
        return session;
    }

    /// <summary>Gives an answer. Turns of repeats that the path names are added as needed.</summary>
    /// <param name="path">The question's path, with <c>[n]</c> for turns of repeats.</param>
    /// <param name="answer">The answer as it is stored: choices of a multiple selection parted by spaces.</param>
    public AnswerOutcome Set(string path, string answer)
    {
        if (answer.Length > LongestAnswer)
            return AnswerOutcome.TooLarge;
        var node = InstancePath.Find(Document, path, mayAdd: true, Added, out var outcome);
        if (node is null && _isStale && Form.HasRepeatCounts)
        {
            // The turn may be one that an answer given just before asks for.
            Refresh();
            node = InstancePath.Find(Document, path, mayAdd: true, Added, out outcome);
        }

        if (node?.Definition is not { } definition || definition.IsGroup)
            return outcome == AnswerOutcome.Taken ? AnswerOutcome.NoSuchQuestion : outcome;
        if (definition.Calculate is not null || definition.Control is null)
            return AnswerOutcome.NotForPeople;
        if (string.Equals(node.Text, answer, StringComparison.Ordinal))
            return AnswerOutcome.Taken;
        node.Text = answer;
        _isStale = true;
        Changed(node);
        return AnswerOutcome.Taken;
    }

    /// <summary>Adds a turn to a repeat whose number of turns people decide.</summary>
    /// <param name="path">The repeat's path, with <c>[n]</c> for turns of repeats around it.</param>
    public AnswerOutcome AddTurn(string path)
    {
        var cut = path.LastIndexOf('/');
        var parent = cut > 0 ? InstancePath.Find(Document, path[..cut], mayAdd: false, Added, out _) : null;
        if (parent?.Definition?.Child(path[(cut + 1)..]) is not { IsRepeat: true } repeat)
            return AnswerOutcome.NoSuchQuestion;
        if (repeat.RepeatCount is not null)
            return AnswerOutcome.NotForPeople;
        if (CountTurns(parent, repeat) >= MostTurns)
            return AnswerOutcome.TooLarge;
        Added(InstanceMaker.AddTurn(parent, repeat));
        return AnswerOutcome.Taken;
    }

    /// <summary>Removes one turn of a repeat whose number of turns people decide.</summary>
    /// <param name="path">The turn's path, e.g. <c>/data/child[2]</c>.</param>
    public AnswerOutcome RemoveTurn(string path)
    {
        var node = InstancePath.Find(Document, path, mayAdd: false, Added, out _);
        if (node?.Definition is not { IsRepeat: true } repeat || !path.EndsWith(']'))
            return AnswerOutcome.NoSuchQuestion;
        if (repeat.RepeatCount is not null)
            return AnswerOutcome.NotForPeople;
        node.Parent!.Remove(node);
        _isStale = true;
        return AnswerOutcome.Taken;
    }

    private void Added(InstanceNode turn)
    {
        _isStale = true;
        Fire(turn, "odk-new-repeat");
    }

    private static int CountTurns(InstanceNode parent, CompiledNode repeat) => parent.LastOf(repeat.Name)?.Position ?? 0;

    /// <summary>Works everything out anew if an answer changed: relevance and calculations, then turns, until nothing changes any more.</summary>
    private void Refresh()
    {
        if (!_isStale)
            return;
        _isStale = false;
        _isRefreshing = true;
        _runner.Evaluator.Refill();
        for (var round = 0; round < MostRounds; round++)
        {
            _runner.Index();
            _runner.Run(Calculate);
            if (!Form.HasRepeatCounts || !ApplyCounts())
                break;
        }

        _isRefreshing = false;
    }

    private void Calculate(InstanceNode node, Rule rule)
    {
        if (_runner.Value(node, rule.Expression, "calculate") is { } value)
            node.Text = AnswerFormat.Write(value, rule.Node.Type);
    }

    private bool ApplyCounts()
    {
        var changed = false;
        foreach (var repeat in Form.Nodes.Where(node => node.RepeatCount is not null && node.Parent is not null))
        {
            foreach (var parent in _runner.NodesOf(repeat.Parent!).Where(node => node.Parent is not null).ToList())
                changed |= ApplyCount(parent, repeat);
        }

        return changed;
    }

    private bool ApplyCount(InstanceNode parent, CompiledNode repeat)
    {
        // The count stands where the repeat stands, even while it has no turn yet.
        var place = parent.First(repeat.Name) ?? InstanceNode.StandIn(parent, repeat);
        if (_runner.Value(place, repeat.RepeatCount!, "jr:count") is not { } value)
            return false;
        var wanted = Numbers.Count(value.AsNumber(), MostTurns);
        var count = CountTurns(parent, repeat);
        for (var i = count; i < wanted; i++)
            Fire(InstanceMaker.AddTurn(parent, repeat), "odk-new-repeat");
        for (var i = count; i > wanted; i--)
            parent.Remove(parent.LastOf(repeat.Name)!);
        return count != wanted;
    }
}
