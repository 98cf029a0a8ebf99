using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.XForms;
using Amana.XForms.Evaluation;

namespace Amana.Features.Records.Import;

/// <summary>What became of the rows.</summary>
/// <param name="Refused">Rows that were refused, with the reason of each.</param>
public sealed record ImportResult(int Rows, int Accepted, int Declined, int Held, int Known, IReadOnlyList<(int Row, Refusal Reason)> Refused);

/// <summary>
/// Takes records in from an export of another tool or a spreadsheet. Each row goes the way of any submission: gate, consent, seals, ledger; who said no is counted and nothing else.
/// A row is taken in once, whatever is imported again: by the id that it came with, else by what it says.
/// </summary>
public sealed class ImportRecords(ImportReader tables, CompiledFormReader forms, ReceiveSubmission receive, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Staff who may collect in the activity.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="form">The form version that the records go into.</param>
    /// <param name="file">The table, byte for byte.</param>
    /// <param name="heardTheNotice">The importer's word that the people heard the notice in force.</param>
    /// <param name="cancellationToken">Ends the import between two rows; what is in stays in, and the same import again goes on.</param>
    public async Task<Outcome<ImportResult>> Handle(AccessContext who, ActivityId activity, FormVersionId form, byte[] file, bool heardTheNotice, CancellationToken cancellationToken)
    {
        var table = await tables.Table(who, activity, form, file, cancellationToken);
        if (!table.IsDone)
            return table.Refusals.ToList();
        if (ImportReader.Check(table.Result, heardTheNotice) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await forms.Read(form, cancellationToken) is not { } compiled)
            return new Refusal("form.not-found").At("Form");
        var (outcomes, refused) = (new List<SubmissionReceipt>(), new List<(int, Refusal)>());
        foreach (var row in table.Result.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (xml, unfit) = Xml(compiled, table.Result.Form, activity, row);
            if (unfit is not null)
            {
                refused.Add((row.Number, unfit));
                continue;
            }

            var outcome = await receive.Handle(who, new IncomingSubmission(activity, who.Actor.StaffId!.Value.Value, new Sensitive<byte[]>(Encoding.UTF8.GetBytes(xml!)), []), cancellationToken);
            if (outcome.IsDone)
                outcomes.Add(outcome.Result);
            else
                refused.Add((row.Number, outcome.Refusals[0]));
        }

        int Of(SubmissionOutcome kind) => outcomes.Count(o => o.Kind == kind && !o.Repeated);
        var result = new ImportResult(table.Result.Rows.Count, Of(SubmissionOutcome.Accepted), Of(SubmissionOutcome.RefusedConsent), Of(SubmissionOutcome.Quarantined) + Of(SubmissionOutcome.Held), outcomes.Count(o => o.Repeated), refused);
        var change = ImportRules.Count(result.Rows, result.Accepted, result.Declined, result.Held, result.Known);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, form.Value).With("rows", result.Rows).With("accepted", result.Accepted)
            .With("declined", result.Declined).With("held", result.Held).With("known", result.Known).With("file", Convert.ToHexStringLower(SHA256.HashData(file))[..16]));
        return result;
    }

    /// <summary>The row as a submission; a refusal when the form has no room for one of its turns or answers, so that nothing is dropped in silence.</summary>
    private (string? Xml, Refusal? Unfit) Xml(CompiledForm compiled, FormVersion form, ActivityId activity, FilledRow row)
    {
        var session = FormSession.Start(compiled, new EvaluationContext { Now = clock.Now() });
        foreach (var (path, value) in row.Answers)
        {
            if (value.Length > FormSession.LongestAnswer)
                return (null, new Refusal("import.answer-too-long").At("Upload").With("most", FormSession.LongestAnswer.ToString(CultureInfo.InvariantCulture)));
            if (session.Set(path, value) is AnswerOutcome.NoSuchQuestion or AnswerOutcome.TooLarge && path.Contains('[', StringComparison.Ordinal))
                return (null, new Refusal("import.turn-does-not-fit").At("Upload").With("most", FormSession.MostTurns.ToString(CultureInfo.InvariantCulture)));
        }

        return (WithItsOwnTimes(session.ToXml(InstanceOf(activity, row)), form, row), null);
    }

    /// <summary>When a record was made is said by the row, or by nobody: not by the day of the import.</summary>
    private static string WithItsOwnTimes(string xml, FormVersion form, FilledRow row)
    {
        if (SafeXml.Parse(xml).Root is not { } root)
            return xml;
        foreach (var element in form.Elements.Where(e => e.Computed && e.Type is "start" or "end" or "today"))
        {
            var node = element.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).Aggregate((XElement?)root, static (at, name) => at?.Elements().FirstOrDefault(e => e.Name.LocalName == name));
            if (node is not null)
                node.Value = row.Answers.FirstOrDefault(a => a.Key == element.Path).Value ?? "";
        }

        return root.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The id that the row came with; else one made of what the row says, so that the same row is known again.</summary>
    private static string InstanceOf(ActivityId activity, FilledRow row)
    {
        if (row.InstanceId is { } id)
            return Guid.TryParse(id, out var guid) ? "uuid:" + guid.ToString("D") : id;
        var said = string.Join('\n', row.Answers.Select(a => a.Key + "=" + a.Value)) + "\n" + row.Number;
        return "uuid:" + new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(activity.Value.ToString("N") + "\n" + said)).AsSpan(0, 16)).ToString("D");
    }
}
