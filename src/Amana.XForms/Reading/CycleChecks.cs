namespace Amana.XForms.Reading;

/// <summary>
/// Rules that hang on themselves: a calculation that needs its own result, a group that is asked only when an answer inside of it says so. The reference converter lets them pass; the engine of ODK Collect refuses the whole
/// form ("cycle detected"). As there, what is worked out by a trigger hangs on nothing, a constraint neither, and what decides whether a group is asked touches everything inside.
/// </summary>
internal static class CycleChecks
{
    private const int MostShown = 6;
    private static readonly HashSet<string> Rules = ["relevant", "calculate", "required", "readonly"];

    private sealed record Rule(FormNode Node, string Name, IReadOnlyList<string> Reads);

    public static void Check(FormModel form, SurveyContext context)
    {
        var rules = form.Nodes.SelectMany(RulesOf).ToList();
        var byRead = rules.SelectMany(r => r.Reads.Select(name => (name, r))).ToLookup(x => x.name, x => x.r, StringComparer.Ordinal);
        var state = new Dictionary<Rule, int>(ReferenceEqualityComparer.Instance); // 1: on the way down, 2: done
        foreach (var rule in rules)
            Follow(rule, byRead, state, context);
    }

    private static IEnumerable<Rule> RulesOf(FormNode node) => node.Bind
        .Where(b => Rules.Contains(b.Name) && !(b.Name == "calculate" && node is FormQuestion { Triggers.Count: > 0 }))
        .Select(b => new Rule(node, b.Name, References.TryAll(b.Value, out var all) ? [.. all.Where(r => !r.IsLastSaved).Select(r => r.Name).Distinct(StringComparer.Ordinal)] : []))
        .Where(r => r.Reads.Count > 0);

    /// <summary>Goes from a rule to those that read what it decides, without recursion: chains of calculations may be as long as the form.</summary>
    private static void Follow(Rule start, ILookup<string, Rule> byRead, Dictionary<Rule, int> state, SurveyContext context)
    {
        if (state.ContainsKey(start))
            return;
        var way = new Stack<(Rule Rule, IEnumerator<Rule> Next)>();
        void Enter(Rule rule)
        {
            state[rule] = 1;
            way.Push((rule, Decided(rule).SelectMany(name => byRead[name]).GetEnumerator()));
        }

        Enter(start);
        while (way.TryPeek(out var at))
        {
            if (!at.Next.MoveNext())
                state[way.Pop().Rule] = 2;
            else if (!state.TryGetValue(at.Next.Current, out var seen))
                Enter(at.Next.Current);
            else if (seen == 1)
                Tell(at.Next.Current, [.. way.Select(w => w.Rule).TakeWhile(r => r != at.Next.Current).Reverse()], context);
        }
    }

    private static IEnumerable<string> Decided(Rule rule) =>
        rule is { Name: "relevant", Node: FormSection section } ? FormTree.All(section.Children).Select(n => n.Name).Prepend(section.Name) : [rule.Node.Name];

    private static void Tell(Rule first, List<Rule> others, SurveyContext context)
    {
        var told = others.Prepend(first).Select(r => r.Node.Name).Distinct(StringComparer.Ordinal).ToList();
        var at = others.Prepend(first).FirstOrDefault(r => r.Node.Row > 0) ?? first;
        var place = new FormPlace(context.Table.Sheet.Name, at.Node.Row, context.Table.Written(at.Name));
        var way = told.Count == 1 && others.Count == 0 ? "it reads its own answer" : string.Join(" → ", told.Take(MostShown).Append(told.Count > MostShown ? "…" : told[0]));
        context.Log.Warn(FormProblem.Cycle, $"This hangs on itself, and phones refuse a form with it: {way}. Take one of these references out, or work the value out once with a trigger.", place);
    }
}
