using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Impartiality;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Impartiality;
using Amana.Web.Activities;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Impartiality;

/// <summary>The method said beforehand, and the form read for neutrality by someone else (IMP-1, IMP-2).</summary>
[NoPersonalData]
public sealed class MethodModel(ActivityFrame frame, NeutralityHints hints, StaffDirectory staff) : ActivityPage(frame)
{
    public override string TitleKey => "place.method";

    [BindProperty]
    public MethodInput Input { get; set; } = new();

    [BindProperty]
    public NeutralityInput Reading { get; set; } = new();

    public IReadOnlyList<NeutralityHint> Hints { get; private set; } = [];

    public IReadOnlyList<ListedStaff> Staff { get; private set; } = [];

    public MethodStatement? Method => State.Method;

    /// <summary>The form to be read: the newest in use that nobody has read; else the newest.</summary>
    public FormVersion? Form => State.FormsInUse.OrderBy(f => Method?.Readings.Any(r => r.FormVersionId == f.Id) == true).ThenByDescending(f => f.UploadedAt).FirstOrDefault();

    /// <summary>The reading of a form that is in use; an older form's reading does not count.</summary>
    public NeutralityReview? Read => Form is { } form ? Method?.Readings.LastOrDefault(r => r.FormVersionId == form.Id) : null;

    public bool IsFormAuthor => Form?.AuthorId == Who.Actor.StaffId;

    public bool MayRead => !IsFormAuthor && Authority.MayVouch(State, Who.Actor).Count == 0;

    public string Name(StaffId id) => Staff.FirstOrDefault(s => s.Id == id)?.Name ?? "";

    public async Task OnGet(CancellationToken cancellationToken)
    {
        Fill();
        await Load(cancellationToken);
    }

    public async Task<IActionResult> OnPost([FromServices] StateMethod state, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return Answer(await state.Handle(Who, ActivityId, Input.ToContent(), cancellationToken), At("method"), "method-stated");
    }

    public async Task<IActionResult> OnPostRead([FromServices] ReviewNeutrality review, CancellationToken cancellationToken)
    {
        Fill();
        await Load(cancellationToken);
        return Answer(await review.Handle(Who, ActivityId, new FormVersionId(Reading.Form), Reading.Answer ?? "", cancellationToken), At("method"), "neutrality-read", nameof(Reading));
    }

    private void Fill() => Input = MethodInput.Of(Method?.Content ?? MethodContent.Empty, State.Activity.Population);

    private async Task Load(CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        if (Form is { } form)
            Hints = await hints.Read(form, cancellationToken);
    }
}

/// <summary>The method as the form has it: one number for each group of the activity.</summary>
public sealed class MethodInput
{
    public string? Population { get; set; }
    public string? Frame { get; set; }
    public string? Selection { get; set; }
    public List<StratumRow> Strata { get; set; } = [];
    public List<SourceRow> Sources { get; set; } = [];
    public string? WhoIsMissed { get; set; }
    public string? KnownLimits { get; set; }

    public static MethodInput Of(MethodContent content, IEnumerable<PopulationGroup> groups) => new()
    {
        Population = content.Population, Frame = content.Frame, Selection = content.Selection, WhoIsMissed = content.WhoIsMissed, KnownLimits = content.KnownLimits,
        Strata = [.. groups.Union(content.Strata.Select(s => s.Group)).Select(g => new StratumRow { Group = g, Planned = content.Strata.FirstOrDefault(s => s.Group == g)?.Planned })],
        Sources = [.. content.Sources.Select(s => new SourceRow { Kind = s.Kind, Reliability = s.Reliability, Verification = s.Verification, Note = s.Note }), new SourceRow(), new SourceRow()],
    };

    public MethodContent ToContent() => new()
    {
        Population = Population?.Trim() ?? "", Frame = Frame?.Trim() ?? "", Selection = Selection?.Trim() ?? "", WhoIsMissed = WhoIsMissed?.Trim() ?? "", KnownLimits = KnownLimits?.Trim() ?? "",
        Strata = [.. Strata.Where(s => s.Planned is not null).DistinctBy(s => s.Group).Select(s => new ExpectedStratum(s.Group, s.Planned!.Value))],
        Sources = [.. Sources.Where(s => s.Kind is not null).Select(s => new StatedSource(s.Kind!.Value, s.Reliability ?? SourceReliability.Unknown, s.Verification ?? SourceVerification.OneSource, s.Note?.Trim() ?? ""))],
    };
}

/// <summary>One source of information; left out without a kind.</summary>
public sealed class SourceRow
{
    public SourceKind? Kind { get; set; }
    public SourceReliability? Reliability { get; set; }
    public SourceVerification? Verification { get; set; }
    public string? Note { get; set; }
}

/// <summary>How many records are planned from one group.</summary>
public sealed class StratumRow
{
    public PopulationGroup Group { get; set; }
    public int? Planned { get; set; }
}

/// <summary>What the reader of the form found.</summary>
public sealed class NeutralityInput
{
    public Guid Form { get; set; }
    public string? Answer { get; set; }
}
