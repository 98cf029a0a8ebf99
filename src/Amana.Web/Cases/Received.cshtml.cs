using Amana.Features.Cases;
using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.Cases;

/// <summary>Referrals that came to the reader's organisation: kinds, days and states, and nobody to recognise.</summary>
[NoPersonalData]
public sealed class Received(ReferralsReceived received) : StaffPage
{
    public IReadOnlyList<ListedReferral> Lines { get; private set; } = [];

    public async Task OnGetAsync() => Lines = await received.Read(Who, HttpContext.RequestAborted);
}
