using System.Xml;
using System.Xml.Linq;
using Amana.XForms.Evaluation;

namespace Amana.XForms.Tests.Evaluation;

/// <summary>Small forms and instances in the tests' own words.</summary>
internal static class Given
{
    public static EvaluationContext Context { get; } = new()
    {
        Now = new DateTimeOffset(2026, 3, 5, 22, 30, 0, TimeSpan.Zero),
        TimeZone = TimeZoneInfo.CreateCustomTimeZone("three", TimeSpan.FromHours(3), "three", "three"),
        Seed = 7,
        Properties = new Dictionary<string, string> { ["username"] = "amina" },
    };

    /// <summary>A form out of its data, binds and body; further instances and translations go before the binds.</summary>
    public static CompiledForm Form(string data, string binds, string body = "", string model = "")
    {
        var form = CompiledForm.FromXForm(Document(data, binds, body, model), out var problem);
        Assert.Null(problem);
        return form!;
    }

    public static XDocument Document(string data, string binds, string body, string model)
    {
        var xml = $"""
            <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
            <h:head><h:title>Visit</h:title><model><instance><data id="visit" version="3">{data}<meta><instanceID/></meta></data></instance>{model}{binds}</model></h:head>
            <h:body>{body}</h:body></h:html>
            """;
        using var text = new StringReader(xml);
        using var reader = XmlReader.Create(text);
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    public static FormSession Session(string data, string binds, string body = "", string model = "") =>
        FormSession.Start(Form(data, binds, body, model), Context);

    public static Submission Submission(string answers, string id = "visit", string version = "3") =>
        SubmissionReader.Read($"<data id=\"{id}\" version=\"{version}\">{answers}<meta><instanceID>uuid:1</instanceID></meta></data>").Submission!;

    /// <summary>The value of an expression at the root of an instance.</summary>
    public static string Value(string expression, string data = "", string at = "data")
    {
        var evaluated = Evaluate(expression, data, at);
        Assert.Null(evaluated.Problem);
        return evaluated.Value.AsText();
    }

    public static ExpressionProblem Refusal(string expression, string data = "")
    {
        var problem = Expression.Parse(expression).Problem ?? Evaluate(expression, data, "data").Problem;
        Assert.NotNull(problem);
        return problem;
    }

    public static Evaluated Evaluate(string expression, string data, string at)
    {
        var parsed = Expression.Parse(expression);
        Assert.True(parsed.Problem is null, $"{expression}: {parsed.Problem?.Message}");
        var document = ItemLists.FromElement(XElement.Parse($"<data>{data}</data>"));
        var node = at.Split('/').Aggregate(document, (below, name) => below.First(name)!);
        return parsed.Expression!.Evaluate(node, Context);
    }
}
