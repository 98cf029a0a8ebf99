using Microsoft.AspNetCore.Identity;

namespace Amana.Features.Accounts;

/// <summary>The means by which a staff member signs in. Its id is the staff member's id; what they may do is decided elsewhere.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>The language in which the person last read the pages.</summary>
    public string? Language { get; set; }

    /// <summary>True while the password is one for a single use, handed over by somebody else.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>When the account was made; the time of grace for a second factor counts from here.</summary>
    public DateTimeOffset MadeAt { get; set; }

    /// <summary>The last sign-in; none before the first.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>When it was said that the account will be closed for want of use; none while it is used.</summary>
    public DateTimeOffset? UnusedNoticeAt { get; set; }

    /// <summary>A wrong proof; several lock the account for a while.</summary>
    internal void CountFailure(DateTimeOffset now)
    {
        if (++AccessFailedCount >= SignIn.PerAccount)
            (AccessFailedCount, LockoutEnd) = (0, now + SignIn.LockedFor);
    }

    /// <summary>Somebody signed in: failures before it are forgotten.</summary>
    internal void NoteSignIn(DateTimeOffset now) => (AccessFailedCount, LockoutEnd, LastSignInAt, UnusedNoticeAt) = (0, null, now, null);
}
