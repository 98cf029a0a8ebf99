using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.XForms.Tables;

namespace Amana.Features.Records.Import;

/// <summary>A table of filled records beside the form that it goes into. It holds data about people: it stays in memory and is shown to nobody.</summary>
public sealed record ReadTable(ActivitySnapshot Activity, FormVersion Form, IReadOnlyList<MappedColumn> Columns, IReadOnlyList<FilledRow> Rows, IReadOnlyList<string> LeftOut);

/// <summary>What a person sees before an import: which column fills what, how many rows fit, where some do not. No answer of anybody.</summary>
/// <param name="Form">The form that the records go into.</param>
/// <param name="Columns">What becomes of each column.</param>
/// <param name="Rows">How many records there are.</param>
/// <param name="Agreed">Of these, how many say yes to taking part.</param>
/// <param name="Problems">Rows and columns that do not fit, the first hundred.</param>
/// <param name="Unfilled">Elements that no column fills.</param>
/// <param name="LeftOut">Sheets that are not read, such as those of nested repeats.</param>
/// <param name="Refusals">What stands in the way.</param>
public sealed record ImportPreview(
    FormVersion Form, IReadOnlyList<MappedColumn> Columns, int Rows, int Agreed, IReadOnlyList<RowProblem> Problems, IReadOnlyList<Element> Unfilled, IReadOnlyList<string> LeftOut, IReadOnlyList<Refusal> Refusals);

/// <summary>Reads a table for an import by somebody who may collect in the activity.</summary>
public sealed class ImportReader(Door door)
{
    private const int MostProblems = 100;

    /// <summary>What would happen, without doing it. Nothing is kept.</summary>
    public async Task<Outcome<ImportPreview>> Read(AccessContext who, ActivityId activity, FormVersionId form, byte[] file, bool heardTheNotice, CancellationToken cancellationToken)
    {
        var table = await Table(who, activity, form, file, cancellationToken);
        if (!table.IsDone)
            return table.Refusals.ToList();
        var t = table.Result;
        var filled = t.Columns.Select(c => c.Path).ToHashSet(StringComparer.Ordinal);
        var asks = t.Form.Elements.FirstOrDefault(e => e.Ask == ConsentAsk.Participation);
        return new ImportPreview(t.Form, t.Columns, t.Rows.Count,
            asks is null ? 0 : t.Rows.Count(r => r.Answers.Any(a => a.Key == asks.Path && Domain.Consent.ConsentRules.Read(t.Form, new Dictionary<string, string> { [a.Key] = a.Value }) is { Refused: false })),
            [.. t.Rows.SelectMany(r => r.Problems).Take(MostProblems)], [.. t.Form.Elements.Where(e => !e.Computed && !e.Repeated && !filled.Contains(e.Path))], t.LeftOut, Check(t, heardTheNotice));
    }

    /// <summary>What stands in the way of taking the table in.</summary>
    public static IReadOnlyList<Refusal> Check(ReadTable table, bool heardTheNotice) =>
        ImportRules.Check(table.Form, table.Activity.Notice is { Content.Basis: Domain.Consent.LegalBasis.Consent }, table.Columns, table.Rows, heardTheNotice);

    /// <summary>The table beside its form. Refused to whoever may not collect here.</summary>
    public async Task<Outcome<ReadTable>> Table(AccessContext who, ActivityId activity, FormVersionId form, byte[] file, CancellationToken cancellationToken)
    {
        var passage = await door.Ask(who, new GateRequest(who.Actor, Operation.Collect, who.NeedCode) { Form = form }, activity, null, cancellationToken);
        if (!passage.IsDone)
            return passage.Refusals.ToList();
        var snapshot = passage.Result.Activity;
        if (snapshot.Forms.FirstOrDefault(f => f.Id == form) is not { } version)
            return new Refusal("form.not-found").At("Form");
        var read = RecordTables.Read(file);
        if (read.Problem is { } problem)
            return new Refusal("import.file").At("Upload").With("message", problem.Message);
        var main = read.Tables[0];
        var columns = ColumnMapping.Propose(main.Headings, [.. version.Elements.Where(e => !e.Repeated)]);
        return new ReadTable(snapshot, version, columns, [.. main.Rows.Select(r => FilledRow.Read(r.Number, r.Cells, columns, version))], [.. read.Tables.Skip(1).Select(t => t.Name)]);
    }
}
