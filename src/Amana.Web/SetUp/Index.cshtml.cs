using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.SetUp;

/// <summary>The way to what administrators keep in order.</summary>
[KeepsTheHouse]
[NoPersonalData]
public sealed class IndexModel : StaffPage;
