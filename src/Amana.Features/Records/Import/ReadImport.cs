using System.Globalization;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.XForms;
using Amana.XForms.Tables;

namespace Amana.Features.Records.Import;

/// <summary>A table of filled records beside the form that it goes into. It holds data about people: it stays in memory and is shown to nobody.</summary>
public sealed record ReadTable(ActivitySnapshot Activity, FormVersion Form, IReadOnlyList<MappedColumn> Columns, IReadOnlyList<MappedTurns> Turns, IReadOnlyList<FilledRow> Rows, IReadOnlyList<RowProblem> Orphans, IReadOnlyList<string> LeftOut);

/// <summary>What a person sees before an import: which column fills what, how many rows fit, where some do not. No answer of anybody.</summary>
/// <param name="Form">The form that the records go into.</param>
/// <param name="Columns">What becomes of each column.</param>
/// <param name="Turns">Tables of turns beside the records.</param>
/// <param name="Rows">How many records there are.</param>
/// <param name="Agreed">Of these, how many say yes to taking part.</param>
/// <param name="Problems">Rows and columns that do not fit, the first hundred.</param>
/// <param name="Unfilled">Elements that no column fills.</param>
/// <param name="LeftOut">Sheets that are not read, since they fit no repeat of the form.</param>
/// <param name="Refusals">What stands in the way.</param>
public sealed record ImportPreview(
    FormVersion Form, IReadOnlyList<MappedColumn> Columns, IReadOnlyList<MappedTurns> Turns, int Rows, int Agreed, IReadOnlyList<RowProblem> Problems, IReadOnlyList<Element> Unfilled, IReadOnlyList<string> LeftOut, IReadOnlyList<Refusal> Refusals);

/// <summary>Reads a table for an import by somebody who may collect in the activity.</summary>
public sealed class ImportReader(Door door, Forms.CompiledFormReader forms)
{
    private const int MostProblems = 100;
    private static readonly XlsFormLimits Limits = new();

    /// <summary>What would happen, without doing it. Nothing is kept.</summary>
    public async Task<Outcome<ImportPreview>> Read(AccessContext who, ActivityId activity, FormVersionId form, byte[] file, bool heardTheNotice, CancellationToken cancellationToken)
    {
        var table = await Table(who, activity, form, file, cancellationToken);
        if (!table.IsDone)
            return table.Refusals.ToList();
        var t = table.Result;
        var filled = t.Columns.Concat(t.Turns.SelectMany(x => x.Columns)).Select(c => c.Path).ToHashSet(StringComparer.Ordinal);
        var asks = t.Form.Elements.FirstOrDefault(e => e.Ask == ConsentAsk.Participation);
        return new ImportPreview(t.Form, t.Columns, t.Turns, t.Rows.Count,
            asks is null ? 0 : t.Rows.Count(r => r.Answers.Any(a => a.Key == asks.Path && Domain.Consent.ConsentRules.Read(t.Form, new Dictionary<string, string> { [a.Key] = a.Value }) is { Refused: false })),
            [.. t.Rows.SelectMany(r => r.Problems).Concat(t.Orphans).Take(MostProblems)], [.. t.Form.Elements.Where(e => !e.Computed && !filled.Contains(e.Path))], t.LeftOut, Check(t, heardTheNotice));
    }

    /// <summary>What stands in the way of taking the table in.</summary>
    public static IReadOnlyList<Refusal> Check(ReadTable table, bool heardTheNotice) =>
        ImportRules.Check(table.Form, table.Activity.Notice is { Content.Basis: Domain.Consent.LegalBasis.Consent }, table.Columns, table.Rows, table.Orphans.Count, heardTheNotice);

    /// <summary>Why the file is no table, for words of the reader's language.</summary>
    private static Refusal Unreadable(string code) => code switch
    {
        "file.too-large" => new Refusal("import.file-too-large").With("most", Number(Limits.FileBytes / 1_000_000)),
        "file.too-many-cells" => new Refusal("import.file-too-many-cells").With("columns", Number(RecordTables.MostColumns)).With("cells", Number(RecordTables.MostCells / 1_000_000)),
        "file.too-many-rows" => new Refusal("import.file-too-many-rows").With("most", Number(Limits.Rows)),
        "file.too-many-parts" => new Refusal("import.file-too-many-parts").With("most", Number(Limits.Parts)),
        "file.bomb" => new Refusal("import.file-bomb"),
        "table.empty" => new Refusal("import.file-no-headings"),
        _ => new Refusal("import.file-not-a-table"),
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

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
            return Unreadable(problem.Code).At("Upload");
        var main = read.Tables.FirstOrDefault(t => !TurnTables.NamesParents(t)) ?? read.Tables[0];
        var repeats = await forms.Read(form, cancellationToken) is { } compiled ? compiled.Nodes.Where(n => n.IsRepeat).Select(n => n.Path).ToList() : [];
        var turns = new TurnTables(version, repeats, main, read.Tables.Where(t => t != main));
        var columns = ColumnMapping.Propose(main.Headings, [.. version.Elements.Where(e => !e.Repeated)]);
        return new ReadTable(snapshot, version, columns, turns.Mapped, [.. main.Rows.Where(r => !FilledRow.IsTags(r.Cells)).Select(r => turns.With(main, r.Cells, FilledRow.Read(r.Number, r.Cells, columns, version)))], turns.Orphans, turns.LeftOut);
    }
}
