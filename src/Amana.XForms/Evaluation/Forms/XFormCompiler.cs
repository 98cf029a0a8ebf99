using System.Xml.Linq;

namespace Amana.XForms.Evaluation;

/// <summary>Makes a <see cref="CompiledForm"/> out of an ODK XForm. Elements are found by local name, since forms differ in their namespaces.</summary>
internal sealed partial class XFormCompiler
{
    private const int DeepestForm = 100;
    private readonly XDocument _xform;
    private readonly EvaluationLimits _limits;
    private readonly CompiledForm _form = new();
    private readonly List<CompiledNode> _nodes = [];
    private readonly List<FormFault> _faults = [];

    public XFormCompiler(XDocument xform, EvaluationLimits limits)
    {
        _xform = xform;
        _limits = limits;
    }

    public CompiledForm? Compile(out string? problem)
    {
        var head = _xform.Root is { } html && Is(html, "html") ? Child(html, "head") : null;
        var model = head is null ? null : Child(head, "model");
        var root = model?.Elements().FirstOrDefault(e => Is(e, "instance"))?.Elements().FirstOrDefault();
        problem = model is null ? "The document is no XForm: it has no model." : root is null ? "The form has no data to fill in." : null;
        if (problem is not null)
            return null;
        _form.Title = Child(head!, "title")?.Value ?? "";
        _form.Id = root!.Attribute("id")?.Value ?? root.Name.NamespaceName;
        _form.Version = root.Attribute("version")?.Value ?? "";
        ReadRoot(root);
        ReadLists(model!);
        ReadTranslations(model!);
        foreach (var bind in model!.Elements().Where(e => Is(e, "bind")))
            ReadBind(bind);
        ReadBody(_xform.Root!);
        ReadSetValues();
        _form.Nodes = _nodes;
        _form.Order = SharedConditions.Mark(DependencyOrder.Of(_form, _faults));
        _form.HasRepeatCounts = _nodes.Exists(node => node.RepeatCount is not null);
        _form.Faults = _faults;
        return _form;
    }

    private void ReadRoot(XElement root)
    {
        foreach (var attribute in _xform.Root!.Attributes().Concat(root.Attributes()).Where(a => a.IsNamespaceDeclaration && a.Name.NamespaceName.Length > 0))
        {
            if (!_form.Namespaces.Exists(known => known.Prefix == attribute.Name.LocalName))
                _form.Namespaces.Add((attribute.Name.LocalName, attribute.Value));
        }

        foreach (var attribute in root.Attributes().Where(a => !a.IsNamespaceDeclaration && !IsTemplateMark(a)))
            _form.RootAttributes.Add((attribute.Name, root.GetPrefixOfNamespace(attribute.Name.Namespace) ?? "", attribute.Value));
        _form.Root = AddNode(_form.Document, root, 1);
    }

    private CompiledNode AddNode(CompiledNode parent, XElement element, int depth)
    {
        var node = new CompiledNode(_form, parent, string.Intern(element.Name.LocalName), false)
        {
            Index = _nodes.Count,
            InitialTurns = element.Attributes().Any(IsTemplateMark) ? 0 : 1,
            IsRepeat = element.Attributes().Any(IsTemplateMark),
            Default = element.HasElements ? "" : element.Value,
            NamespaceUri = element.Name.NamespaceName,
            Prefix = element.GetPrefixOfNamespace(element.Name.Namespace) ?? "",
        };
        parent.Add(node);
        _nodes.Add(node);
        if (depth > 1)
            AddAttributes(node, element);
        if (depth >= DeepestForm)
            return node;
        foreach (var child in element.Elements())
        {
            // The first of several of one name is the model of all: a template, or the first turn.
            if (node.Child(child.Name.LocalName) is { } known)
                known.InitialTurns += child.Attributes().Any(IsTemplateMark) ? 0 : 1;
            else
                AddNode(node, child, depth + 1);
        }

        return node;
    }

    private void AddAttributes(CompiledNode node, XElement element)
    {
        foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration && !IsTemplateMark(a)))
        {
            var added = new CompiledNode(_form, node, string.Intern(attribute.Name.LocalName), true)
            {
                Index = _nodes.Count,
                Default = attribute.Value,
                NamespaceUri = attribute.Name.NamespaceName,
                Prefix = attribute.Name.NamespaceName.Length == 0 ? "" : element.GetPrefixOfNamespace(attribute.Name.Namespace) ?? "",
                InitialTurns = 1,
            };
            node.Add(added);
            _nodes.Add(added);
        }
    }

    private void ReadLists(XElement model)
    {
        var external = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var instance in model.Elements().Where(e => Is(e, "instance")).Skip(1))
        {
            var id = instance.Attribute("id")?.Value ?? "";
            if (instance.Attribute("src")?.Value is { } source)
                external[id] = source;
            if (instance.Elements().FirstOrDefault() is { } root && (root.HasElements || !external.ContainsKey(id)))
                _form.Lists[id] = ItemLists.FromElement(root);
        }

        _form.ExternalLists = external;
    }

    private void ReadTranslations(XElement model)
    {
        var languages = new List<string>();
        foreach (var translation in model.Elements().Where(e => Is(e, "itext")).Elements().Where(e => Is(e, "translation")))
        {
            var language = translation.Attribute("lang")?.Value ?? "";
            languages.Add(language);
            if (translation.Attribute("default") is not null)
                _form.DefaultLanguage = language;
            foreach (var text in translation.Elements().Where(e => Is(e, "text")))
            {
                // Forms of a text (image, audio, guidance) are media and asides; the plain one is what people read.
                if (text.Elements().FirstOrDefault(e => Is(e, "value") && e.Attribute("form") is null) is { } value)
                    _form.AddTranslation(language, text.Attribute("id")?.Value ?? "", ReadParts(value));
            }
        }

        _form.DefaultLanguage ??= languages.FirstOrDefault();
        _form.Languages = languages is ["default"] ? [] : languages;
    }

    private void ReadBind(XElement bind)
    {
        if (bind.Attribute("nodeset")?.Value is not { } path || NodeAt(path, _form.Root) is not { } node)
            return;
        node.TypeName = LocalPart(bind.Attribute("type")?.Value ?? "string");
        node.Type = TypeOf(node.TypeName);
        node.Relevant = ReadRule(bind, "relevant", node);
        node.Required = ReadRule(bind, "required", node);
        node.Constraint = ReadRule(bind, "constraint", node);
        node.Calculate = ReadRule(bind, "calculate", node);
        node.ReadOnly = ReadRule(bind, "readonly", node);
        node.ConstraintMessage = ReadMessage(bind, "constraintMsg", node);
        node.RequiredMessage = ReadMessage(bind, "requiredMsg", node);
        node.Preload = Attribute(bind, "preload");
        node.PreloadParameter = Attribute(bind, "preloadParams");
    }

    private CompiledText? ReadMessage(XElement bind, string name, CompiledNode node)
    {
        if (Attribute(bind, name) is not { Length: > 0 } text)
            return null;
        if (text.StartsWith("jr:itext(", StringComparison.Ordinal) && ReadExpression(text, name, node) is { } reference)
            return new CompiledText(reference);
        return CompiledText.Of(text);
    }

    private Expression? ReadRule(XElement element, string name, CompiledNode node) =>
        Attribute(element, name) is { } text && text.AsSpan().Trim().Length > 0 ? ReadExpression(text, name, node) : null;

    private Expression? ReadExpression(string text, string rule, CompiledNode? node)
    {
        var parsed = Expression.Parse(text, _limits);
        if (parsed.Problem is { } problem)
            _faults.Add(new FormFault(node?.Path ?? "", rule, problem));
        return parsed.Expression;
    }

    private CompiledNode? NodeAt(string path, CompiledNode context) =>
        Expression.Parse(path, _limits).Expression is { } expression ? PathResolver.Single(expression.Syntax, context) : null;

    private static AnswerType TypeOf(string name) => name switch
    {
        "int" or "integer" or "long" or "short" or "nonNegativeInteger" or "positiveInteger" => AnswerType.Int,
        "decimal" or "double" or "float" => AnswerType.Decimal,
        "boolean" => AnswerType.Boolean,
        "date" => AnswerType.Date,
        "time" => AnswerType.Time,
        "dateTime" => AnswerType.DateTime,
        "geopoint" => AnswerType.GeoPoint,
        "geotrace" => AnswerType.GeoTrace,
        "geoshape" => AnswerType.GeoShape,
        "binary" => AnswerType.File,
        _ => AnswerType.Text,
    };

    private static bool IsTemplateMark(XAttribute attribute) => attribute.Name.LocalName == "template" && attribute.Name.NamespaceName.Length > 0;

    private static bool Is(XElement element, string name) => element.Name.LocalName == name;

    private static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => Is(e, name));

    private static string? Attribute(XElement element, string name) => element.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;

    private static string LocalPart(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
