using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Impartiality;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Analysis;

/// <summary>Counts a coded question, alone or by one breakdown. Cites a need (DP-4), is entered in the ledger before a box is opened, leaves out who withdrew (IC-5),
/// and shows no group smaller than the operation's limit, nor what would give one away.</summary>
public sealed class Crosstab(Door door, CodedRecordReader records, LedgerBook ledger)
{
    public async Task<Outcome<Figures>> Read(AccessContext who, ActivityId activity, string questionPath, Breakdown by, CancellationToken cancellationToken)
    {
        var passage = await door.Ask(who, Operation.Analyse, activity, null, null, cancellationToken);
        if (!passage.IsDone)
            return Outcome<Figures>.RefusedBy(passage.Refusals);
        var s = passage.Result.Activity;
        if (AnalysisRules.MayCount(s.Forms, questionPath, by) is { Count: > 0 } refusals)
            return Outcome<Figures>.RefusedBy(refusals);
        var question = AnalysisRules.Questions(s.Forms).First(q => q.Path == questionPath);
        var inUse = await records.InUse(activity, who.NeedCode!, cancellationToken);
        if (inUse.Count == 0)
            return new Refusal("analysis.no-records", Principle.Impartiality).MendedBy(Mender.ActivityLead, MendPage.Collection);
        var permit = await ledger.Disclose(who, passage.Result.Answer, new Happening("FiguresComputed", activity)
            .With("question", question.Name).With("by", by.Path is null ? by.Kind.ToString() : by.Path.Split('/')[^1]).With("n", inUse.Count), cancellationToken);
        var opened = await records.Open(permit, s.Forms, inUse, cancellationToken);
        var across = Variable.Of(by, s.Forms, opened);
        var multiple = question.Type.StartsWith("select_multiple", StringComparison.Ordinal) || question.Type == "select";
        var rule = new TableRule { Minimum = Math.Max(3, s.Limits.SmallCell), TotalIsKnown = true };
        var counted = multiple
            ? Counting.ManyAnswers(opened, question, across, rule, cancellationToken)
            : Counting.OneAnswer(opened, Variable.Of(question, opened), across, rule, cancellationToken);
        return new Figures
        {
            Question = question, By = by, Multiple = multiple, Rows = counted.Rows, Columns = across?.Categories ?? [], Cells = counted.Cells, RowTotals = counted.RowTotals,
            ColumnTotals = counted.ColumnTotals, Records = opened.Count, SmallCell = rule.Minimum, Refusals = s.Collection.Refusals, At = s.Now, Method = s.Method?.Content,
            Passport = FigurePassport.Of([.. inUse.Select(r => (r.Entry.Id.Value, r.Entry.Version))], s.Collection.Refusals, s.Method?.Content, $"{question.Name} / {by.Code} / {who.NeedCode}", s.Now),
        };
    }
}
