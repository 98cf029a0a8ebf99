using System.Globalization;
using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Analysis;

/// <summary>One count of the feed.</summary>
/// <param name="Id">Which cell of which table.</param>
/// <param name="Question">The question's name.</param>
/// <param name="Answer">The code of the answer; <c>*</c> for everybody, empty for no answer.</param>
/// <param name="By">By what it is broken down.</param>
/// <param name="Group">The code of the group; <c>*</c> for all.</param>
/// <param name="Count">How many; none where it is withheld.</param>
/// <param name="Mark">Why it is withheld: small, or protecting; empty where it is not.</param>
/// <param name="Records">n: the records counted.</param>
/// <param name="CountedAt">Since when the counted records are these.</param>
public sealed record FigureLine(string Id, string Question, string Answer, string By, string Group, long? Count, string Mark, int Records, DateTimeOffset CountedAt);

/// <summary>All figures that serve one need, as lines for programs: every coded question of the need, alone, by sex and by age group. The same door, limits and memory as the
/// analysis page, in one entry of the ledger. What left is in the register, once a day for each reader and need.</summary>
public sealed class FiguresFeed(Door door, ShownFiguresReader shown, Departures departures)
{
    public async Task<Outcome<IReadOnlyList<FigureLine>>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var passage = await door.Ask(who, Operation.Analyse, activity, null, null, cancellationToken);
        if (!passage.IsDone)
            return Outcome<IReadOnlyList<FigureLine>>.RefusedBy(passage.Refusals);
        var s = passage.Result.Activity;
        var questions = AnalysisRules.Questions(s.Forms).Where(q => q.NeedCode == who.NeedCode && q.Role == Domain.Forms.ElementRole.None && q.Ask is null).ToList();
        var breakdowns = AnalysisRules.Breakdowns(s.Forms).Where(b => b is BreakdownKind.None or BreakdownKind.Sex or BreakdownKind.AgeGroup).ToList();
        await departures.Add(who, new DepartureNote(activity, DeparturePath.Feed, who.NeedCode!, s.Collection.Records), oncePerDay: true, cancellationToken);
        var happening = new Happening("FiguresFed", activity).With("questions", questions.Count).With("breakdowns", breakdowns.Count);
        return await shown.Show(who, passage.Result, happening, (showing, opened, context) =>
        {
            var lines = new List<FigureLine>();
            if (opened.Count > 0)
                foreach (var question in questions)
                    foreach (var by in breakdowns)
                        lines.AddRange(Lines(Crosstab.Count(s, question, new Breakdown(by), (showing, opened, context), cancellationToken)));
            return (Outcome<IReadOnlyList<FigureLine>>)new Outcome<IReadOnlyList<FigureLine>>.Done(lines);
        }, cancellationToken);
    }

    private static IEnumerable<FigureLine> Lines(Figures figures)
    {
        for (var row = 0; row < figures.Rows.Count; row++)
        {
            yield return Line(figures, figures.Rows[row].Code, "*", figures.RowTotals[row]);
            for (var column = 0; column < figures.Columns.Count; column++)
                yield return Line(figures, figures.Rows[row].Code, figures.Columns[column].Code, figures.Cells[row][column]);
        }

        for (var column = 0; column < figures.Columns.Count; column++)
            yield return Line(figures, "*", figures.Columns[column].Code, figures.ColumnTotals[column]);
    }

    private static FigureLine Line(Figures f, string answer, string group, PublishedCell cell) => new(
        string.Create(CultureInfo.InvariantCulture, $"{f.Question.Name}|{answer}|{f.By.Code}|{group}"), f.Question.Name, answer, f.By.Code, group, (cell as PublishedCell.Published)?.Count,
        cell switch { PublishedCell.Published => "", PublishedCell.SuppressedSmall => "small", _ => "protecting" }, f.Records, f.EditionAt);
}

/// <summary>Writes what left into the register, within the transaction of the entry that says so.</summary>
public sealed class Departures(AmanaDb db, TimeProvider clock)
{
    /// <summary>Adds a departure to what the next commit writes.</summary>
    internal async Task Add(AccessContext who, DepartureNote note, bool oncePerDay, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        if (who.Actor.StaffId is not { } staff || oncePerDay && await db.Set<Departure>().AnyAsync(d => d.ActivityId == note.ActivityId && d.Path == note.Path && d.NeedCode == note.NeedCode && d.By == staff && d.At >= day, cancellationToken))
            return;
        db.Add(Departure.Of(SharingRules.Leave(Ids.New<DepartureId>(clock), note, staff, now)));
    }
}
