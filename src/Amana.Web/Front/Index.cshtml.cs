using Amana.Web.Hosting;
using Amana.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Amana.Web.Front;

/// <summary>The door: what Amana is, the way in for staff, and the way to one's own data for everybody else. Reads no database.</summary>
[AllowAnonymous]
[NoPersonalData]
[NeedsNoStore]
public sealed class IndexModel : PageModel;
