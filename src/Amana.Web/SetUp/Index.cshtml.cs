using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.SetUp;

/// <summary>The way to what administrators keep in order, and to the lists that everybody reads.</summary>
[NoPersonalData]
public sealed class IndexModel : StaffPage
{
    /// <summary>Whoever does not keep the house sees the lists that are for everybody; the rest is not offered.</summary>
    public bool Keeps => Domain.Principles.Authority.MaySetUp(Who.Actor).Count == 0;
}
