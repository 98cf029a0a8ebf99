using System.Data;
using System.Data.Common;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Analysis.Export;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Amana.Features.Analysis;

/// <summary>As what answers are written: one table (of a question in a repeat the first answer stands); one table for the records and one for each repeat, as CSV in a ZIP file, or as the sheets of a workbook.</summary>
public enum AnswersFormat { Flat, Tables, Workbook }

/// <summary>How answers are written.</summary>
/// <param name="Format">As what.</param>
/// <param name="Labels">The language of the labels that stand for codes; none leaves codes, which can be imported again without doubt.</param>
/// <param name="Split">Whether a multiple selection has a column of 1 and 0 for each choice besides.</param>
public sealed record AnswersShape(AnswersFormat Format = AnswersFormat.Flat, string? Labels = null, bool Split = false);

/// <summary>What kind of file comes.</summary>
public enum AnswersFile { Csv, Zip, Xlsx }

/// <summary>What was written: how many records, which elements, and how many tables.</summary>
public sealed record ExportedAnswers(int Records, IReadOnlyList<string> Columns, int Tables);

/// <summary>Writes the coded answers of an activity as tables, for those who may analyse it, for one cited need (DP-4). Columns are the elements that serve the need, and those by which
/// people are told apart in every figure: sex, age, disability, place. Nothing that is sealed per person is in it, and nobody whose consent is withdrawn. It is a working copy and no
/// release: what goes to others is measured and approved. Read and written record by record, as the store stood at one moment, once for each table: its size costs no memory, and nothing
/// open lies on a disk in between (docs/adr/0062-exports-in-passes.md).</summary>
public sealed class ExportAnswers(Door door, AmanaDb db, AnswersInUseReader inUse, LedgerBook ledger, Departures departures, CompiledFormReader forms)
{
    private static readonly HashSet<ElementRole> Everywhere =
    [
        ElementRole.Sex, ElementRole.Age, ElementRole.AgeGroup, ElementRole.Disability, ElementRole.Place, ElementRole.InterviewDate, ElementRole.DifficultySeeing, ElementRole.DifficultyHearing,
        ElementRole.DifficultyWalking, ElementRole.DifficultyRemembering, ElementRole.DifficultySelfCare, ElementRole.DifficultyCommunicating,
    ];

    /// <param name="who">Who exports, citing the need.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="shape">How it is written.</param>
    /// <param name="open">Opens where it is written, told what kind of file comes; not called when it is refused.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<Outcome<ExportedAnswers>> Handle(AccessContext who, ActivityId activity, AnswersShape shape, Func<AnswersFile, Stream> open, CancellationToken cancellationToken)
    {
        var passage = await door.Ask(who, Operation.Analyse, activity, null, null, cancellationToken);
        if (!passage.IsDone)
            return Outcome<ExportedAnswers>.RefusedBy(passage.Refusals);
        var versions = passage.Result.Activity.Forms.Where(f => f.State != FormState.Draft).ToList();
        var elements = Together(versions.SelectMany(f => f.Elements).Where(e => Serves(e, who.NeedCode!)));
        var tables = AnswerTable.Of(elements, shape.Format == AnswersFormat.Flat ? [] : await Repeats(versions, cancellationToken), shape.Split);
        var count = await inUse.Count(activity, who.NeedCode!, cancellationToken);
        if (await door.InBulk(who, Operation.Analyse, activity, count, cancellationToken) is { } spent)
            return spent;
        await departures.Add(who, new Domain.Sharing.DepartureNote(activity, Domain.Sharing.DeparturePath.WorkingCopy, who.NeedCode!, count), oncePerDay: false, cancellationToken);
        var permit = await ledger.Disclose(who, passage.Result.Answer, new Happening("AnswersExported", activity).With("n", count).With("columns", elements.Count).With("tables", tables.Count), cancellationToken);
        var kind = shape.Format == AnswersFormat.Workbook ? AnswersFile.Xlsx : tables.Count > 1 ? AnswersFile.Zip : AnswersFile.Csv;
        var output = open(kind);
        await using IAnswerFile file = kind switch { AnswersFile.Xlsx => new WorkbookAnswers(output), AnswersFile.Zip => new ZippedAnswers(output), _ => new CsvAnswers(output) };
        var written = await Write(file, tables, permit, (activity, who.NeedCode!, shape.Labels), cancellationToken);
        return new ExportedAnswers(written, [.. elements.Select(e => e.Path)], tables.Count);
    }

    private async Task<int> Write(IAnswerFile file, IReadOnlyList<AnswerTable> tables, DisclosurePermit permit, (ActivityId Activity, string Need, string? Labels) of, CancellationToken cancellationToken)
    {
        await using var moment = await OneMoment.Begin(db, cancellationToken);
        var written = 0;
        foreach (var table in tables)
        {
            file.Begin(table);
            written = 0;
            var rows = new AnswerRows(table, of.Labels);
            await foreach (var (code, answers) in inUse.Open(permit, of.Activity, of.Need, cancellationToken))
            {
                foreach (var row in rows.Of(code, answers))
                    file.Row(row);
                written++;
                await file.Pass(cancellationToken);
            }
        }

        return written;
    }

    private async Task<IReadOnlyCollection<string>> Repeats(IEnumerable<FormVersion> versions, CancellationToken cancellationToken)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var version in versions.Where(v => v.Elements.Any(e => e.Repeated)))
            if (await forms.Read(version.Id, cancellationToken) is { } compiled)
                paths.UnionWith(compiled.Nodes.Where(n => n.IsRepeat).Select(n => n.Path));
        return paths;
    }

    /// <summary>Each path once, with the choices of all versions.</summary>
    private static List<Element> Together(IEnumerable<Element> elements) =>
        [.. elements.GroupBy(e => e.Path, StringComparer.Ordinal).Select(g => g.Last() with { Choices = [.. g.Reverse().SelectMany(e => e.Choices).DistinctBy(c => c.Code)] })];

    private static bool Serves(Element element, string need) =>
        RecordRules.CompartmentOf(element) is null && element.Role != ElementRole.ReceiptCode && element.Ask is null && (element.NeedCode == need || Everywhere.Contains(element.Role));
}

/// <summary>The coded answers of records in use whose consent stands and was given for a need, one after the other. In the order of random codes, which tells nothing of when people came.</summary>
public sealed class AnswersInUseReader(AmanaDb db, Safe safe, TimeProvider clock)
{
    internal async Task<int> Count(ActivityId activity, string need, CancellationToken cancellationToken) => await (await RecordsInUse.Of(db, activity, need, clock.Today(), cancellationToken)).CountAsync(cancellationToken);

    internal async IAsyncEnumerable<(string Code, byte[] Answers)> Open(DisclosurePermit permit, ActivityId activity, string need, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await safe.KnowsSealsOf(activity, cancellationToken); // the connection is busy while records come
        var records = (await RecordsInUse.Of(db, activity, need, clock.Today(), cancellationToken)).OrderBy(r => r.Entry.Code).Select(r => new { r.Entry.Id, r.Entry.Code, r.Entry.CodedBox });
        await foreach (var record in records.AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return (record.Code, safe.OpenCoded(permit, activity, record.Id, record.CodedBox));
    }
}

/// <summary>All that is read while it lasts is read as the store stood at one moment, while everybody goes on writing.</summary>
internal sealed class OneMoment(IDbContextTransaction shared, DbTransaction? own) : IAsyncDisposable
{
    public static async Task<OneMoment> Begin(AmanaDb db, CancellationToken cancellationToken)
    {
        if (db.Database.GetDbConnection() is not SqliteConnection sqlite)
            return new OneMoment(await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken), null);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var own = sqlite.BeginTransaction(deferred: true); // else it would keep all writers out
        return new OneMoment((await db.Database.UseTransactionAsync(own, cancellationToken))!, own);
    }

    public async ValueTask DisposeAsync()
    {
        await shared.DisposeAsync();
        if (own is not null)
            await own.DisposeAsync();
    }
}
