using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Linkage;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests.Subjects;

public class Comparing_people
{
    private static readonly OrganisationId Other = new(Guid.CreateVersion7());

    [Fact]
    public void Takes_in_who_agreed_to_the_need_and_between_organisations_who_said_yes_to_that_one()
    {
        var agreed = GivenConsents.Of(new StatedConsent([ConsentAsk.Participation], false, "en", ConsentGiver.Self, ConsentMeans.Spoken), null, new ConsentScope([Other], [], ["N1"]));
        var shares = GivenConsents.Of(new StatedConsent([ConsentAsk.Participation, ConsentAsk.Sharing], false, "en", ConsentGiver.Self, ConsentMeans.Spoken), null, new ConsentScope([Other], [], ["N1"]));
        Assert.True(LinkingRules.MayCompare(agreed, "N1", null, null, Given.Now));
        Assert.False(LinkingRules.MayCompare(agreed, "N2", null, null, Given.Now));
        Assert.False(LinkingRules.MayCompare(agreed, "N1", null, Other, Given.Now));
        Assert.True(LinkingRules.MayCompare(shares, "N1", null, Other, Given.Now));
        Assert.False(LinkingRules.MayCompare(shares, "N1", null, new OrganisationId(Guid.CreateVersion7()), Given.Now));
    }

    [Fact]
    public void Needs_more_than_choices()
    {
        Assert.Equal("linking.too-few-questions", LinkingRules.TooFew([("sex", CompareAs.Choice), ("district", CompareAs.Choice)])!.Slug);
        Assert.Equal("linking.too-few-questions", LinkingRules.TooFew([("full_name", CompareAs.Name)])!.Slug);
        Assert.NotNull(LinkingRules.TooFew([("age", CompareAs.Number), ("sex", CompareAs.Choice)]));
        Assert.Null(LinkingRules.TooFew([("full_name", CompareAs.Name), ("sex", CompareAs.Choice)]));
    }
}
