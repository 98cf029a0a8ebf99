using Amana.Domain.Analysis;
using Amana.Domain.Forms;
using Amana.Domain.Impartiality;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Analysis;

/// <summary>Counts a coded question, alone or by one breakdown. Cites a need (DP-4), is entered in the ledger before a box is opened, leaves out who withdrew (IC-5),
/// and shows no group smaller than the operation's limit, nor what would give one away: not within the table, nor together with any table that was shown before.</summary>
public sealed class Crosstab(Door door, CodedRecordReader records, ShownFiguresReader shown, Departures departures)
{
    /// <param name="who">Who asks, citing the need.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="questionPath">Path of the question.</param>
    /// <param name="by">By what it is broken down.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="forPaper">The figures are to be printed: they leave, and the register says so.</param>
    public async Task<Outcome<Figures>> Read(AccessContext who, ActivityId activity, string questionPath, Breakdown by, CancellationToken cancellationToken, bool forPaper = false)
    {
        var passage = await door.Ask(who, Operation.Analyse, activity, null, null, cancellationToken);
        if (!passage.IsDone)
            return Outcome<Figures>.RefusedBy(passage.Refusals);
        var s = passage.Result.Activity;
        if (AnalysisRules.MayCount(s.Forms, questionPath, by) is { Count: > 0 } refusals)
            return Outcome<Figures>.RefusedBy(refusals);
        var question = AnalysisRules.Questions(s.Forms).First(q => q.Path == questionPath);
        if ((await records.InUse(activity, who.NeedCode!, cancellationToken)).Count is 0)
            return new Refusal("analysis.no-records", Principle.Impartiality).MendedBy(Mender.ActivityLead, MendPage.Collection);
        if (forPaper)
            await departures.Add(who, new DepartureNote(activity, DeparturePath.Print, who.NeedCode!, s.Collection.Records), oncePerDay: false, cancellationToken);
        var happening = new Happening(forPaper ? "FiguresPrinted" : "FiguresComputed", activity).With("question", question.Name).With("by", by.Path is null ? by.Kind.ToString() : by.Path.Split('/')[^1]);
        return await shown.Show(who, passage.Result, happening, (showing, opened, context) => Count(s, question, by, (showing, opened, context), cancellationToken), cancellationToken);
    }

    internal static Figures Count(ActivitySnapshot s, Element question, Breakdown by, (Showing Showing, IReadOnlyList<CodedRecord> Opened, ShownContext Context) of, CancellationToken cancellationToken)
    {
        var (showing, opened, context) = of;
        var across = Variable.Of(by, s.Forms, opened);
        var multiple = AnalysisRules.HasManyAnswers(question);
        var down = multiple ? null : Variable.Of(question, opened);
        var rows = down?.Categories ?? Counting.RowsOf(question, opened.Any(r => !r.Answers.ContainsKey(question.Path)));
        var counted = showing.ShownBefore(question.Path, by.Code, context.Stamp)?.Again(rows);
        if (counted is null)
        {
            var counting = new Counting(opened, context.Codes, across, showing);
            counted = down is null ? counting.ManyAnswers(question, cancellationToken) : counting.OneAnswer(down, cancellationToken);
            showing.Remember(ShownTable.Of(question.Path, by.Code, context.Stamp, counted));
        }

        return new Figures
        {
            Question = question, By = by, Multiple = multiple, Rows = counted.Rows, Columns = across?.Categories ?? [], Cells = counted.Cells, RowTotals = counted.RowTotals,
            ColumnTotals = counted.ColumnTotals, Records = showing.EditionSize, Waiting = showing.Waiting > 0, EditionAt = showing.EditionAt, SmallCell = showing.Rule.Minimum,
            Refusals = s.Collection.Refusals, At = s.Now, Method = s.Method?.Content,
            Passport = FigurePassport.Of([.. opened.Select(r => (r.Id.Value, 1))], s.Collection.Refusals, s.Method?.Content, $"{question.Name} / {by.Code} / {showing.Need}", s.Now) with { DataVersion = context.Stamp[..16] },
        };
    }
}
