using System.Xml.Linq;

namespace Amana.XForms.Evaluation;

/// <summary>The part that reads controls, texts and actions.</summary>
internal sealed partial class XFormCompiler
{
    private readonly List<(XElement Element, CompiledNode? Around)> _setValues = [];

    private void ReadBody(XElement html)
    {
        var model = html.Descendants().FirstOrDefault(e => Is(e, "model"));
        foreach (var element in model?.Elements() ?? [])
            NoteAction(element, null);
        var body = Child(html, "body");
        if (body is not null)
            _form.Body = [.. body.Elements().Select(e => ReadControl(e, _form.Root, 1)).OfType<CompiledControl>()];
    }

    private CompiledControl? ReadControl(XElement element, CompiledNode context, int depth)
    {
        if (KindOf(element) is not { } kind || depth > DeepestForm)
            return null;
        var reference = element.Attribute(kind == ControlKind.Repeat ? "nodeset" : "ref")?.Value ?? element.Attribute("ref")?.Value;
        var node = reference is not null ? NodeAt(reference, context)
            : element.Attribute("bind")?.Value is { } bind ? NodeOfBind(bind) : null;
        var control = new CompiledControl(kind, node)
        {
            Appearance = element.Attribute("appearance")?.Value ?? "",
            Attributes = element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.LocalName is not ("ref" or "nodeset" or "appearance"))
                .DistinctBy(a => a.Name.LocalName).ToDictionary(a => a.Name.LocalName, a => a.Value, StringComparer.Ordinal),
        };
        if (node is not null && kind is not ControlKind.Group)
            node.Control ??= control;
        if (kind == ControlKind.Repeat && node is not null)
            ReadRepeat(element, node);
        foreach (var child in element.Elements())
            ReadPart(child, control, node ?? context, depth);
        return control;
    }

    private void ReadRepeat(XElement element, CompiledNode node)
    {
        node.IsRepeat = true;
        node.RepeatCount = ReadRule(element, "count", node);
    }

    private void ReadPart(XElement child, CompiledControl control, CompiledNode context, int depth)
    {
        switch (child.Name.LocalName)
        {
            case "label":
                control.Label = ReadText(child, context);
                break;
            case "hint":
                control.Hint = ReadText(child, context);
                break;
            case "item":
                control.Choices.Add(new CompiledChoice(
                    Child(child, "value")?.Value.Trim() ?? "",
                    Child(child, "label") is { } label ? ReadText(label, context) : CompiledText.Empty));
                break;
            case "itemset":
                control.ItemList = ReadRule(child, "nodeset", context);
                control.ItemValue = Child(child, "value") is { } value ? ReadRule(value, "ref", context) : null;
                control.HasFixedList = control.ItemList?.Syntax is PathSyntax { Start: CallSyntax { Function.Name: "instance", Arguments: [TextSyntax list] } } path
                    && _form.List(list.Text) is not null && path.StartPredicates.Length == 0 && Array.TrueForAll(path.Steps, step => step.Predicates.Length == 0);
                control.ItemLabel = Child(child, "label") is { } text ? ReadRule(text, "ref", context) : null;
                break;
            default:
                NoteAction(child, context);
                if (ReadControl(child, context, depth + 1) is { } inner)
                    control.Add(inner);
                break;
        }
    }

    private CompiledNode? NodeOfBind(string id) =>
        _xform.Descendants().FirstOrDefault(e => Is(e, "bind") && e.Attribute("id")?.Value == id)?.Attribute("nodeset")?.Value is { } path
            ? NodeAt(path, _form.Root)
            : null;

    private static ControlKind? KindOf(XElement element) => element.Name.LocalName switch
    {
        "input" or "secret" => ControlKind.Input,
        "select1" => ControlKind.SelectOne,
        "select" => ControlKind.SelectMany,
        "rank" => ControlKind.Rank,
        "upload" => ControlKind.Upload,
        "trigger" => ControlKind.Trigger,
        "range" => ControlKind.Range,
        "group" => ControlKind.Group,
        "repeat" => ControlKind.Repeat,
        _ => null,
    };

    private CompiledText ReadText(XElement element, CompiledNode context) =>
        element.Attribute("ref")?.Value is { } reference && ReadExpression(reference, "label", context) is { } expression
            ? new CompiledText(expression)
            : ReadParts(element);

    private CompiledText ReadParts(XElement element)
    {
        var parts = new List<(string? Text, Expression? Value)>();
        foreach (var part in element.Nodes())
        {
            if (part is XText text)
                parts.Add((text.Value, null));
            else if (part is XElement output && Is(output, "output") && ReadRule(output, output.Attribute("value") is null ? "ref" : "value", _form.Root) is { } value)
                parts.Add((null, value));
            else if (part is XElement inline)
                parts.Add((inline.Value, null));
        }

        return new CompiledText(parts);
    }

    private void NoteAction(XElement element, CompiledNode? around)
    {
        if (Is(element, "setvalue"))
            _setValues.Add((element, around));
    }

    private void ReadSetValues()
    {
        foreach (var (element, around) in _setValues)
        {
            var target = element.Attribute("ref")?.Value ?? element.Attribute("bind")?.Value;
            if (target is null || NodeAt(target, around ?? _form.Root) is not { } node)
                continue;
            var value = ReadRule(element, "value", node);
            var events = (Attribute(element, "event") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var setValue = new SetValue(events, value, value is null ? element.Value : "", events.Contains("xforms-value-changed") ? around : null);
            node.Add(setValue);
            if (setValue.Trigger is not null)
                _form.AddWaiting(setValue.Trigger, node, setValue);
        }
    }
}
