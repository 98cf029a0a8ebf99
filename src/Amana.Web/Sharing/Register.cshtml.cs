using Amana.Features.Sharing;
using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.Sharing;

/// <summary>The register of releases over all activities (CO-4).</summary>
[NoPersonalData]
public sealed class Register(AllReleases register) : StaffPage
{
    public IReadOnlyList<RegisteredRelease> Listed { get; private set; } = [];

    public async Task OnGetAsync() => Listed = await register.Read(Who, HttpContext.RequestAborted);
}
