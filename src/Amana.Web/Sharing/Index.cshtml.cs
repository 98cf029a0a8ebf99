using Amana.Features.Sharing;
using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.Sharing;

/// <summary>Sharing over all activities: the agreements, and the register of what left (CO-4).</summary>
[NoPersonalData]
public sealed class IndexModel(AllReleases register, DepartureRegister departures) : StaffPage
{
    public IReadOnlyList<RegisteredRelease> Releases { get; private set; } = [];

    public IReadOnlyList<RegisteredDeparture> Left { get; private set; } = [];

    public IReadOnlyList<NotShared> NotShared { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellationToken)
    {
        Releases = await register.Read(Who, cancellationToken);
        (Left, NotShared) = await departures.Read(Who, cancellationToken);
    }
}
