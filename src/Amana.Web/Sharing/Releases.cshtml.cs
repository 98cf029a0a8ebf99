using Amana.Domain.Sharing;
using Amana.Web.Activities;
using Amana.Web.Security;

namespace Amana.Web.Sharing;

/// <summary>What left this activity, or is to leave it.</summary>
[NoPersonalData]
public sealed class Releases(ActivityFrame frame, Amana.Features.Sharing.ReleasesInWork inWork) : ActivityPage(frame)
{
    public override string TitleKey => "releases.title";

    public IEnumerable<Release> Listed => State.Releases.OrderByDescending(r => r.ProposedAt);

    public string Recipient(Release release) => State.Organisations.FirstOrDefault(o => o.Id == release.RecipientId)?.Name ?? "";

    /// <summary>What the reader has begun and not submitted.</summary>
    public IReadOnlyList<ReleaseWork> InWork { get; private set; } = [];

    public async Task OnGetAsync() => InWork = await inWork.Read(Who, ActivityId, HttpContext.RequestAborted);
}
