using Amana.Domain.Principles;

namespace Amana.Features.Platform;

/// <summary>Who asks, and for which purpose: required by everything that touches data about people, so that a call without a purpose does not compile.</summary>
/// <param name="Actor">Who.</param>
/// <param name="NeedCode">The information need of the activity's purpose that is cited; none for acts that cite none, such as collecting or erasing.</param>
public sealed record AccessContext(Actor Actor, string? NeedCode = null)
{
    /// <summary>The house itself, for its own jobs.</summary>
    public static AccessContext House { get; } = new(Actor.House);

    /// <summary>A person with the code of a receipt.</summary>
    public static AccessContext PersonWithReceipt { get; } = new(Actor.PersonWithReceipt);

    public AccessContext Citing(string? needCode) => this with { NeedCode = needCode };

    /// <summary>How the ledger names the actor: kind and random id, never a name.</summary>
    public string LedgerName => Actor.Kind switch
    {
        ActorKind.Staff when Actor.Scope is not null => "program:" + Actor.StaffId!.Value.Value.ToString("N"),
        ActorKind.Staff => "staff:" + Actor.StaffId!.Value.Value.ToString("N"),
        ActorKind.Phone => "phone:" + Actor.StaffId!.Value.Value.ToString("N"),
        ActorKind.Person => "person",
        _ => "house",
    };
}
