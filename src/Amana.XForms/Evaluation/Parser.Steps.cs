namespace Amana.XForms.Evaluation;

/// <summary>The part that reads location paths: steps, axes and predicates.</summary>
internal sealed partial class Parser
{
    private static bool StartsStep(Token token) =>
        token.Kind == TokenKind.Name || (token.Kind == TokenKind.Symbol && token.Text is "." or ".." or "@" or "*");

    private StepSyntax[] Steps(bool first)
    {
        var steps = new List<StepSyntax>();
        while (_problem is null)
        {
            if (!first)
            {
                if (Now.Is("//"))
                    steps.Add(new StepSyntax(Now.Position, Axis.DescendantOrSelf, "*", s_none));
                else if (!Now.Is("/"))
                    break;
                _at++;
            }

            first = false;
            steps.Add(Step());
        }

        return [.. steps];
    }

    private StepSyntax Step()
    {
        var token = Now;
        _at++;
        if (token.Is("."))
            return new StepSyntax(token.Position, Axis.Self, "*", Predicates());
        if (token.Is(".."))
            return new StepSyntax(token.Position, Axis.Parent, "*", Predicates());
        if (token.Is("@"))
            return Named(Axis.Attribute, token.Position);
        if (token.Kind == TokenKind.Name && Now.Is("::"))
        {
            _at++;
            return AxisOf(token.Text) is { } axis
                ? Named(axis, token.Position)
                : StopStep($"The axis {token.Text}:: is not part of the forms' dialect; use child, self, parent or attribute.", token.Position);
        }

        _at--;
        return Named(Axis.Child, token.Position);
    }

    private static Axis? AxisOf(string name) => name switch
    {
        "child" => Axis.Child,
        "self" => Axis.Self,
        "parent" => Axis.Parent,
        "attribute" => Axis.Attribute,
        "descendant-or-self" => Axis.DescendantOrSelf,
        _ => null,
    };

    private StepSyntax Named(Axis axis, int position)
    {
        var token = Now;
        if (token.Kind == TokenKind.End)
            return StopStep("The expression ends where a name, a value or a bracket should follow.", token.Position);
        if (token.Kind != TokenKind.Name && !token.Is("*"))
            return StopStep($"{Shown(token)} does not fit here; a name, a value or a bracket should follow.", token.Position);
        _at++;
        var name = token.Text;
        if (token.Kind == TokenKind.Name && name is "node" or "text" && Now.Is("("))
        {
            _at++;
            Expect(")", token.Position);
            axis = name == "text" ? Axis.Self : axis;
            name = "*";
        }

        if (axis is Axis.Self or Axis.Parent or Axis.DescendantOrSelf && name != "*")
            return StopStep($"A name cannot follow {token.Text}:: here; only node() can.", token.Position);
        return new StepSyntax(position, axis, name.EndsWith(":*", StringComparison.Ordinal) ? "*" : name, Predicates());
    }

    private Syntax[] Predicates()
    {
        if (_problem is not null || !Now.Is("["))
            return s_none;
        var predicates = new List<Syntax>();
        while (_problem is null && Now.Is("["))
        {
            var position = Now.Position;
            _at++;
            predicates.Add(Binary(1));
            Expect("]", position);
        }

        return [.. predicates];
    }

    private StepSyntax StopStep(string message, int position)
    {
        Stop(message, position);
        return new StepSyntax(position, Axis.Self, "*", s_none);
    }
}
