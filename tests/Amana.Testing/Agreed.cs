using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Testing;

/// <summary>Made-up agreements that both sides have accepted.</summary>
public static class Agreed
{
    public static Agreement Between(AgreementId id, OrganisationId giver, Organisation recipient, string title, Period inForce, DateTimeOffset now, IReadOnlyList<string>? fields = null)
    {
        static T Allowed<T>(Decision<T> decision) => decision is Decision<T>.Allowed(var change) ? change : throw new InvalidOperationException(string.Join(", ", decision.Refusals.Select(r => r.Slug)));
        Actor Speaks(OrganisationId side) => new(ActorKind.Staff, new StaffId(Guid.CreateVersion7()), side, [Duty.Coordinator]);
        var terms = new AgreementTerms(title, "Better shelter", Enum.GetValues<SharingDetail>(), "Sealed", inForce, 3) { Fields = fields ?? [] };
        var agreement = Agreement.Of(Allowed(AgreementRules.Propose(new ProposeAgreement(id, giver, recipient.Id, terms), recipient, Speaks(giver), now)));
        agreement.Apply(Allowed(AgreementRules.Answer(agreement, AgreementActKind.Accepted, agreement.Hash, "", Speaks(recipient.Id), now)));
        return agreement;
    }
}
