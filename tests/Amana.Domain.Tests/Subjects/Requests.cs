using Amana.Domain.Rights;

namespace Amana.Domain.Tests;

[Proves("SEC-4")]
public sealed class Answering_a_request
{
    private static RightsRequest Request(RightKind kind, IdentityCheck check = IdentityCheck.CodeOnReceipt) =>
        RightsRequest.Of(Given.Allowed(RightsRules.Request(Given.Activity, new AskRight(default, default, kind, RequestChannel.PublicPage) { Check = check }, Given.Now, 30)));

    private static string? Refusal(RightsRequest request, RequestOutcome outcome, RefusedBecause? because = null, byte[]? words = null) =>
        RightsRules.Answer(request, outcome, because, words ?? [1], Given.FocalPoint, Given.Now).Refusals.Select(r => r.Slug).FirstOrDefault();

    [Fact]
    public void Needs_words_for_the_person_and_a_ground_where_it_is_refused_or_cut()
    {
        Assert.Equal("field.required", Refusal(Request(RightKind.Access), RequestOutcome.Served, words: []));
        Assert.Equal("request.ground-missing", Refusal(Request(RightKind.Access), RequestOutcome.Refused));
        Assert.Equal("request.ground-missing", Refusal(Request(RightKind.Correction), RequestOutcome.ServedInPart));
        Assert.Null(Refusal(Request(RightKind.Access), RequestOutcome.Refused, RefusedBecause.OthersAtRisk));
    }

    [Fact]
    public void Never_refuses_a_withdrawal_but_for_another_basis()
    {
        Assert.Equal("request.withdrawal-not-refused", Refusal(Request(RightKind.Withdrawal), RequestOutcome.Refused, RefusedBecause.Unfounded));
        Assert.Null(Refusal(Request(RightKind.Withdrawal), RequestOutcome.Refused, RefusedBecause.OtherBasis));
    }

    [Fact]
    public void Hands_nothing_to_somebody_who_could_not_be_identified()
    {
        var request = Request(RightKind.Access);
        request.Apply(Given.Allowed(RightsRules.Check(request, IdentityCheck.CouldNotBeChecked, Given.FocalPoint)));
        Assert.Equal("request.not-identified", Refusal(request, RequestOutcome.Served));
        Assert.Null(Refusal(request, RequestOutcome.Refused, RefusedBecause.NotIdentified));
    }

    [Fact]
    public void Happens_once()
    {
        var request = Request(RightKind.Objection);
        request.Apply(Given.Allowed(RightsRules.Answer(request, RequestOutcome.ServedInPart, RefusedBecause.LegalDuty, [7], Given.FocalPoint, Given.Now)));
        Assert.Equal((RequestOutcome.ServedInPart, RefusedBecause.LegalDuty, Given.FocalPoint), (request.Outcome, request.Because, request.AnsweredBy));
        Assert.Equal("request.served-already", Refusal(request, RequestOutcome.Served));
    }
}
