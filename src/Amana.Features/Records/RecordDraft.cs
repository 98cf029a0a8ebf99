using System.Xml.Linq;
using Amana.Domain.Forms;
using Amana.Features.Forms;
using Amana.XForms;
using Amana.XForms.Evaluation;

namespace Amana.Features.Records;

/// <summary>What is to be changed in a record.</summary>
/// <param name="Answers">New answers by path with positions; empty takes an answer away. Turns that a path names are added.</param>
/// <param name="RemovedTurns">Turns of repeats that go, in the order in which they are taken out, before the answers are set.</param>
public sealed record RecordEdits(IReadOnlyDictionary<string, string> Answers, IReadOnlyList<string> RemovedTurns)
{
    /// <summary>Most answers of one correction.</summary>
    public const int Most = 5000;
}

/// <summary>Opens the form of a record with the answers that it holds, so that it can be changed by the form's own rules: what the form works out is worked out anew, as of the day the record came.</summary>
public sealed class RecordDraft(CompiledFormReader forms)
{
    /// <summary>The form filled with the answers, spoken in the language of that tag where it has it; none when the form is not there or the answers do not make a document.</summary>
    public async Task<FormSession?> Open(FormVersion form, IEnumerable<KeptAnswer> answers, DateTimeOffset receivedAt, string? language, CancellationToken cancellationToken)
    {
        if (await forms.Read(form.Id, cancellationToken) is not { } compiled || SubmissionReader.Read(Document(compiled, answers)).Submission is not { } before)
            return null;
        return FormSession.Resume(compiled, before, new EvaluationContext { Now = receivedAt, Language = compiled.Languages.FirstOrDefault(l => XlsFormUpload.TagOf(l, "") == language) ?? compiled.DefaultLanguage });
    }

    /// <summary>The changes made in the form. A place that the form does not have, or works out by itself, is left as it is and named.</summary>
    public static IReadOnlyList<string> Apply(FormSession session, RecordEdits edits)
    {
        var left = new List<string>();
        foreach (var turn in edits.RemovedTurns)
            if (session.RemoveTurn(turn) != AnswerOutcome.Taken)
                left.Add(turn);
        foreach (var (path, answer) in edits.Answers)
            if (Plain(session.Answer(path)) != Plain(answer) && session.Set(path, answer) != AnswerOutcome.Taken)
                left.Add(path);
        return left;
    }

    /// <summary>Browsers end lines as they like.</summary>
    private static string Plain(string? text) => (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>The answers as a document: each path is a way through it, positions and all. Names count without their namespaces, as submissions are read.</summary>
    private static string Document(CompiledForm form, IEnumerable<KeptAnswer> answers)
    {
        var root = new XElement(form.Root.Name, new XAttribute("id", form.Id), new XAttribute("version", form.Version));
        foreach (var answer in answers)
        {
            var at = root;
            var isAttribute = false;
            foreach (var step in answer.P.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                isAttribute |= step.StartsWith('@');
                at = isAttribute ? at : Child(at, step);
                if (isAttribute)
                    at.SetAttributeValue(step[1..], answer.V);
            }

            if (!isAttribute && at != root)
                at.Value = answer.V;
        }

        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Child(XElement parent, string step)
    {
        var bracket = step.IndexOf('[', StringComparison.Ordinal);
        var name = bracket < 0 ? step : step[..bracket];
        var position = bracket < 0 ? 1 : int.Parse(step.AsSpan(bracket + 1, step.Length - bracket - 2), System.Globalization.CultureInfo.InvariantCulture);
        for (var there = parent.Elements().Count(e => e.Name.LocalName == name); there < position; there++)
            parent.Add(new XElement(name));
        return parent.Elements().Where(e => e.Name.LocalName == name).ElementAt(position - 1);
    }
}
