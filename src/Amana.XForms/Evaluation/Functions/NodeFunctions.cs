namespace Amana.XForms.Evaluation;

/// <summary>Functions over nodes: counting, places, other instances, turns of repeats.</summary>
internal static class NodeFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("count", 1, 1, Count),
        new("count-non-empty", 1, 1, CountNonEmpty),
        new("position", 0, 1, Position) { IsPure = false },
        new("last", 0, 0, (Evaluator _, CallSyntax _, in Scope s) => XPathValue.Of(s.Size)) { IsPure = false },
        new("current", 0, 0, (Evaluator _, CallSyntax _, in Scope s) => XPathValue.Of(s.Current)),
        new("instance", 1, 1, Instance),
        new("indexed-repeat", 3, 11, IndexedRepeat) { IsPure = false, Step = 2 },
        new("name", 0, 1, Name) { IsPure = false },
        new("local-name", 0, 1, Name) { IsPure = false },
        new("randomize", 1, 2, Randomize) { IsPure = false, IsVolatile = true },
    ];

    /// <summary>The answers of every node of an expression, or its one value.</summary>
    public static List<XPathValue> Values(Evaluator e, Syntax syntax, in Scope scope)
    {
        var value = e.Value(syntax, scope);
        if (value.Kind != ValueKind.Nodes)
            return [value];
        var values = new List<XPathValue>(value.NodeCount);
        for (var i = 0; i < value.NodeCount && e.Spend(1, syntax); i++)
            values.Add(e.Answer(value.NodeAt(i)));
        return values;
    }

    /// <summary>Arguments from a place on; a single one that is a node set spreads out to its nodes.</summary>
    public static List<XPathValue> Spread(Evaluator e, CallSyntax call, int from, in Scope scope)
    {
        if (call.Arguments.Length == from + 1)
            return Values(e, call.Arguments[from], scope);
        var values = new List<XPathValue>(call.Arguments.Length);
        for (var i = from; i < call.Arguments.Length; i++)
            values.Add(e.Single(call.Arguments[i], scope));
        return values;
    }

    private static XPathValue Count(Evaluator e, CallSyntax call, in Scope scope)
    {
        var value = e.Value(call.Arguments[0], scope);
        return value.Kind == ValueKind.Nodes ? XPathValue.Of(value.NodeCount) : e.Fail(call, "count counts nodes; this is a value.");
    }

    private static XPathValue CountNonEmpty(Evaluator e, CallSyntax call, in Scope scope)
    {
        var value = e.Value(call.Arguments[0], scope);
        if (value.Kind != ValueKind.Nodes)
            return e.Fail(call, "count-non-empty counts nodes; this is a value.");
        var count = 0;
        for (var i = 0; i < value.NodeCount && e.Spend(1, call); i++)
            count += value.NodeAt(i).Text.Length > 0 || value.NodeAt(i).Children.Count > 0 ? 1 : 0;
        return XPathValue.Of(count);
    }

    private static XPathValue Position(Evaluator e, CallSyntax call, in Scope scope)
    {
        if (call.Arguments.Length == 0)
            return XPathValue.Of(scope.Position > 0 ? scope.Position : scope.Node.Position);
        var value = e.Value(call.Arguments[0], scope);
        if (value.Kind != ValueKind.Nodes)
            return e.Fail(call, "position gives the place of a node; this is a value.");
        return XPathValue.Of(value.NodeCount == 0 ? 0 : value.NodeAt(0).Position);
    }

    private static XPathValue Instance(Evaluator e, CallSyntax call, in Scope scope)
    {
        var id = e.Text(call.Arguments[0], scope);
        if (e.Form?.List(id) is { } list)
            return XPathValue.Of(list);
        if (e.Context.Lists.TryGetValue(id, out var given))
            return XPathValue.Of(given);
        var isLastSaved = e.Form?.ExternalLists.GetValueOrDefault(id) == "jr://instance/last-saved";
        return isLastSaved && e.HasNoLastSaved
            ? XPathValue.NoNodes
            : e.Fail(call, $"The list {id} is not part of the form, and its file was not given.", ProblemKind.MissingInstance, id);
    }

    private static XPathValue Name(Evaluator e, CallSyntax call, in Scope scope)
    {
        if (call.Arguments.Length == 0)
            return XPathValue.Of(scope.Node.Name);
        var value = e.Value(call.Arguments[0], scope);
        return XPathValue.Of(value.NodeCount == 0 ? "" : value.NodeAt(0).Name);
    }

    /// <summary>The question of one turn of a repeat, whichever turn the expression stands in.</summary>
    private static XPathValue IndexedRepeat(Evaluator e, CallSyntax call, in Scope scope)
    {
        if (call.Arguments.Length % 2 == 0)
            return e.Fail(call, "indexed-repeat takes a question, then for each repeat around it the repeat and the number of its turn.");
        var at = scope.Current.Definition ?? scope.Node.Definition;
        var wanted = at is null ? null : PathResolver.Single(call.Arguments[0], at);
        if (wanted is null)
            return e.Fail(call, "indexed-repeat needs a question of the form as its first argument.");
        var turns = new Dictionary<CompiledNode, int>();
        for (var i = 1; i < call.Arguments.Length; i += 2)
        {
            var repeat = PathResolver.Single(call.Arguments[i], at!);
            if (repeat is null || !repeat.IsAbove(wanted))
                return e.Fail(call, $"Argument {i + 1} of indexed-repeat is no repeat around the question.");
            turns[repeat] = Math.Max(1, Numbers.Index(e.Number(call.Arguments[i + 1], scope), 1));
        }

        return Pick(e, wanted, turns, scope.Node);
    }

    private static XPathValue Pick(Evaluator e, CompiledNode wanted, Dictionary<CompiledNode, int> turns, InstanceNode from)
    {
        var trail = new Dictionary<CompiledNode, InstanceNode>();
        for (var node = from; node?.Definition is not null; node = node.Parent)
            trail[node.Definition] = node;
        var place = e.Document;
        foreach (var definition in wanted.FromRoot())
        {
            var next = place.First(definition.Name);
            if (turns.TryGetValue(definition, out var turn))
            {
                for (; next is not null && next.Position < turn; next = next.NextSame)
                {
                }
            }
            else if (trail.TryGetValue(definition, out var own) && ReferenceEquals(own.Parent, place))
            {
                next = own;
            }

            if (next is null)
                return XPathValue.NoNodes;
            place = next;
        }

        return place.IsRelevant ? XPathValue.Of(place) : XPathValue.NoNodes;
    }

    /// <summary>
    /// Fisher–Yates, from the inside out, with the "minimal standard" generator (Park and Miller 1988), as clients of ODK forms do, so that one seed gives
    /// one order everywhere.
    /// </summary>
    private static XPathValue Randomize(Evaluator e, CallSyntax call, in Scope scope)
    {
        var value = e.Value(call.Arguments[0], scope);
        if (value.Kind != ValueKind.Nodes)
            return e.Fail(call, "randomize puts nodes in another order; this is a value.");
        var nodes = new List<InstanceNode>(value.NodeCount);
        for (var i = 0; i < value.NodeCount && e.Spend(1, call); i++)
            nodes.Add(value.NodeAt(i));
        var next = new ParkMiller(call.Arguments.Length == 2 ? CodeFunctions.Seed(e.Single(call.Arguments[1], scope)) : e.Random.Next());
        var order = new List<InstanceNode>(nodes.Count);
        foreach (var node in nodes)
        {
            var place = (int)(next.NextFraction() * (order.Count + 1));
            order.Add(node);
            (order[place], order[^1]) = (order[^1], order[place]);
        }

        return XPathValue.Of(order);
    }

    private struct ParkMiller
    {
        private long _state;

        public ParkMiller(long seed)
        {
            _state = seed % 2_147_483_647;
            if (_state <= 0)
                _state += 2_147_483_646;
        }

        public double NextFraction()
        {
            _state = _state * 16_807 % 2_147_483_647;
            return (_state - 1) / 2_147_483_646d;
        }
    }
}
