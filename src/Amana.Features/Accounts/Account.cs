using Microsoft.AspNetCore.Identity;

namespace Amana.Features.Accounts;

/// <summary>The means by which a staff member signs in. Its id is the staff member's id; what they may do is decided elsewhere.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>The language in which the person last read the pages.</summary>
    public string? Language { get; set; }

    /// <summary>True while the password is one for a single use, handed over by somebody else.</summary>
    public bool MustChangePassword { get; set; }
}
