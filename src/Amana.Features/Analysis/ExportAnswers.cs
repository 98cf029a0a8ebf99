using System.Text;
using System.Text.Json;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Analysis;

/// <summary>What was written: how many records, and which elements.</summary>
public sealed record ExportedAnswers(int Records, IReadOnlyList<string> Columns);

/// <summary>Writes the coded answers of an activity as CSV, for those who may analyse it, for one cited need (DP-4). Columns are the elements that serve the need, and those by which
/// people are told apart in every figure: sex, age, disability, place. Nothing that is sealed per person is in it, and nobody whose consent is withdrawn. It is a working copy and no
/// release: what goes to others is measured and approved. Read and written record by record, so its size costs no memory.</summary>
public sealed class ExportAnswers(Door door, AmanaDb db, Safe safe, LedgerBook ledger, Departures departures, TimeProvider clock)
{
    private static readonly HashSet<ElementRole> Everywhere =
    [
        ElementRole.Sex, ElementRole.Age, ElementRole.AgeGroup, ElementRole.Disability, ElementRole.Place, ElementRole.InterviewDate, ElementRole.DifficultySeeing, ElementRole.DifficultyHearing,
        ElementRole.DifficultyWalking, ElementRole.DifficultyRemembering, ElementRole.DifficultySelfCare, ElementRole.DifficultyCommunicating,
    ];

    /// <param name="who">Who exports, citing the need.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="output">Where it is written; nothing is written when it is refused.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<Outcome<ExportedAnswers>> Handle(AccessContext who, ActivityId activity, Stream output, CancellationToken cancellationToken)
    {
        var passage = await door.Ask(who, Operation.Analyse, activity, null, null, cancellationToken);
        if (!passage.IsDone)
            return Outcome<ExportedAnswers>.RefusedBy(passage.Refusals);
        var columns = passage.Result.Activity.Forms.Where(f => f.State != FormState.Draft).SelectMany(f => f.Elements).Where(e => Serves(e, who.NeedCode!)).Select(e => e.Path).Distinct(StringComparer.Ordinal).ToList();
        var inUse = InUse(activity, who.NeedCode!);
        var count = await inUse.CountAsync(cancellationToken);
        if (await door.InBulk(who, Operation.Analyse, activity, count, cancellationToken) is { } spent)
            return spent;
        await departures.Add(who, new Domain.Sharing.DepartureNote(activity, Domain.Sharing.DeparturePath.WorkingCopy, who.NeedCode!, count), oncePerDay: false, cancellationToken);
        var permit = await ledger.Disclose(who, passage.Result.Answer, new Happening("AnswersExported", activity).With("n", count).With("columns", columns.Count), cancellationToken);
        await safe.KnowsSealsOf(activity, cancellationToken); // the connection is busy while records come
        await using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 * 1024, leaveOpen: true);
        CsvFile.Line(text, ["record", .. columns.Select(c => c[(c.IndexOf('/', 1) + 1)..])]);
        var places = columns.Select((c, i) => (c, i)).ToDictionary(x => x.c, x => x.i + 1, StringComparer.Ordinal);
        var cells = new string?[columns.Count + 1];
        var written = 0;
        await foreach (var record in inUse.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            Array.Clear(cells);
            cells[0] = record.Code;
            Fill(cells, places, await safe.OpenCoded(permit, record, cancellationToken));
            CsvFile.Line(text, cells);
            written++;
        }

        await text.FlushAsync(cancellationToken);
        return new ExportedAnswers(written, columns);
    }

    private IQueryable<RecordEntry> InUse(ActivityId activity, string need) =>
        from record in db.Set<RecordEntry>().AsNoTracking()
        join consent in db.Set<PersonConsent>().AsNoTracking().Standing(clock.Today()).Covering(need) on record.ConsentId equals consent.Id
        where record.ActivityId == activity && record.State == RecordState.InUse
        orderby record.Code // random, so the order tells nothing of when people came
        select record;

    private static bool Serves(Element element, string need) =>
        RecordRules.CompartmentOf(element) is null && element.Role != ElementRole.ReceiptCode && element.Ask is null && (element.NeedCode == need || Everywhere.Contains(element.Role));

    /// <summary>Of a question in a repeat the first answer stands, as in figures.</summary>
    private static void Fill(string?[] cells, Dictionary<string, int> places, byte[] answers)
    {
        var json = new Utf8JsonReader(answers);
        string? path = null;
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;
            var isPath = json.ValueTextEquals("P"u8);
            var isValue = json.ValueTextEquals("V"u8);
            json.Read();
            if (isPath)
                path = Domain.Records.Places.WithoutPositions(json.GetString()!);
            else if (isValue && path is not null && places.TryGetValue(path, out var at))
                cells[at] ??= json.GetString();
        }
    }
}
