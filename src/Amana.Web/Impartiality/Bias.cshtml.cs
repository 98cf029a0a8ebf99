using Amana.Domain.Impartiality;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Impartiality;
using Amana.Features.Vocabularies;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Impartiality;

/// <summary>Bias while the activity collects: coverage, refusals, interviewers, odd interviews, rounded numbers; findings and their answers (IMP-3).</summary>
[Discloses("coded answers")]
public sealed class BiasModel(ActivityFrame frame, BiasOfActivity bias, StaffDirectory staff) : ActivityPage(frame)
{
    public override string TitleKey => "place.bias";

    /// <summary>The need that a look cites.</summary>
    [BindProperty]
    public string? Need { get; set; }

    [BindProperty]
    public BiasReply Reply { get; set; } = new();

    public WatchedActivity Watched { get; private set; } = null!;

    public IReadOnlyList<ListedStaff> Staff { get; private set; } = [];

    public bool MayAnswer => Authority.MayVouch(State, Who.Actor).Count == 0;

    public IEnumerable<Choice> Needs => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    public Task OnGet(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<IActionResult> OnPost([FromServices] WatchBias watch, CancellationToken cancellationToken)
    {
        var outcome = await watch.Handle(Who.Citing(Need), ActivityId, cancellationToken);
        await Load(cancellationToken);
        return outcome.IsDone ? Done(At("bias"), "bias-watched") : Refused([.. outcome.Refusals.Select(r => r.Field == "NeedCode" ? r.At("Need") : r)], "");
    }

    public async Task<IActionResult> OnPostAnswer([FromServices] AnswerBiasFinding answer, CancellationToken cancellationToken)
    {
        var outcome = await answer.Handle(Who, ActivityId, new BiasFindingId(Reply.Id), Reply.Words ?? "", cancellationToken);
        await Load(cancellationToken);
        return Answer(outcome, At("bias"), "bias-answered", nameof(Reply));
    }

    /// <summary>What a finding is about: a group, a question, a member of staff.</summary>
    public string About(BiasFinding finding) => finding.Kind switch
    {
        BiasKind.Coverage => Texts.Has("vocabulary.PopulationGroup." + finding.About) ? Texts.Plain("vocabulary.PopulationGroup." + finding.About) : finding.About,
        BiasKind.RefusedByGroup when finding.About.Split(':') is [var what, var by, var group] && Enum.TryParse<RefusedWhat>(what, out var refused) && Enum.TryParse<GroupedBy>(by, out var grouped)
            => $"{Texts.Word(refused)} · {GroupWords(grouped, group)}",
        BiasKind.TooFast or BiasKind.TooAlike => Guid.TryParseExact(finding.About, "N", out var id) ? Name(id) : "",
        _ => finding.About,
    };

    /// <summary>A count of people as it may be told: to the nearest few, either way.</summary>
    public string Rounded(int count) => Texts.Plain("bias.about", new { count });

    public string Share(RefusedShare group) => group.Asked == 0 ? "–" : Texts.Plain("bias.about.share", new { share = Texts.Percent((decimal)group.Share) });

    /// <summary>A group in words: the vocabulary's where it has one, else as it is written, such as an age bracket.</summary>
    public string GroupWords(GroupedBy by, string group) => (by, group) switch
    {
        (GroupedBy.Sex, "Female") => Texts.Plain("bias.group.sex.female"),
        (GroupedBy.Sex, _) => Texts.Plain("bias.group.sex.male"),
        (GroupedBy.Disability, "With") => Texts.Plain("bias.group.disability.with"),
        (GroupedBy.Disability, _) => Texts.Plain("bias.group.disability.without"),
        (GroupedBy.Status, _) => VocabularyShelf.Find("displacement-status")?.Term(group)?.Label.In(Texts.Language.Code)
            ?? State.Elements.SelectMany(e => e.Choices).FirstOrDefault(c => string.Equals(c.Code, group, StringComparison.OrdinalIgnoreCase))?.Label.In(Texts.Language.Code) ?? group,
        _ => group,
    };

    public string Name(Guid interviewer) => Watched.Interviewers.GetValueOrDefault(interviewer) ?? Texts.Plain("bias.interviewer.unknown");

    public string Name(StaffId? id) => Staff.FirstOrDefault(s => s.Id == id)?.Name ?? "";

    /// <summary>A measure as its kind is read: an index, a correlation, or a share.</summary>
    public string Shown(BiasFinding finding, double value) => finding.Kind switch
    {
        BiasKind.Heaping => Texts.Number(Math.Round((decimal)value)),
        BiasKind.InterviewerEffect => Decimal(value),
        _ => Texts.Percent((decimal)value),
    };

    public string Decimal(double value) => value is > 0 and < 0.001 ? "< " + Texts.Number(0.001m) : Texts.Number(Math.Round((decimal)value, 3));

    private async Task Load(CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        Watched = await bias.Read(ActivityId, cancellationToken);
    }
}

/// <summary>The answer to one finding.</summary>
public sealed class BiasReply
{
    public Guid Id { get; set; }
    public string? Words { get; set; }
}
