using Amana.Domain.Sharing;
using Amana.Web.Activities;
using Amana.Web.Security;

namespace Amana.Web.Sharing;

/// <summary>What left this activity, or is to leave it.</summary>
[NoPersonalData]
public sealed class Releases(ActivityFrame frame) : ActivityPage(frame)
{
    public override string TitleKey => "releases.title";

    public IEnumerable<Release> Listed => State.Releases.OrderByDescending(r => r.ProposedAt);

    public string Recipient(Release release) => State.Organisations.FirstOrDefault(o => o.Id == release.RecipientId)?.Name ?? "";

    public void OnGet()
    {
    }
}
