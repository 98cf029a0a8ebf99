using Amana.Domain.Competency;
using Amana.Domain.Vocabularies;
using Amana.Features.Platform;
using Amana.Features.Tests.Activities;
using Amana.Features.Vocabularies;
using Amana.Testing;
using CsCheck;

namespace Amana.Features.Tests.Vocabularies;

public sealed class A_vocabulary
{
    private static readonly string[] Languages = ["en", "fr", "es", "ar"];

    [Fact]
    public void Says_its_version_and_source_and_has_each_code_once_in_four_languages() => Assert.All(VocabularyShelf.All, l =>
    {
        Assert.False(string.IsNullOrWhiteSpace(l.Version) || string.IsNullOrWhiteSpace(l.Source), l.Code);
        Assert.Empty(l.Name.MissingIn(Languages));
        Assert.Equal(l.Terms.Count, l.Terms.Select(t => t.Code).Distinct().Count());
        Assert.All(l.Terms, t => Assert.Empty(t.Label.MissingIn(Languages)));
        Assert.All(l.Terms, t => Assert.False(t.Code.Any(char.IsWhiteSpace) || t.Code.Length > 40, t.Code));
    });

    [Theory]
    [InlineData("age-unhcr", 5), InlineData("protection-risks", 15), InlineData("gbvims-types", 7), InlineData("matrix-categories", 8), InlineData("special-categories", 5), InlineData("wgss-domains", 6)]
    public void Is_as_long_as_its_source(string code, int terms) => Assert.Equal(terms, VocabularyShelf.Find(code)!.Terms.Count);

    [Fact]
    public void Of_competencies_is_the_list_that_evidence_is_recorded_by_with_the_same_areas_and_kinds()
    {
        var list = VocabularyShelf.Find("pim-competencies")!;
        Assert.Equal(Enum.GetNames<CompetencyCode>(), list.Terms.Select(t => t.Code));
        Assert.All(Enum.GetValues<CompetencyCode>(), c => Assert.Equal((CoreCompetencies.AreaOf(c).ToString(), CoreCompetencies.KindOf(c).ToString()), (list.Term(c.ToString())!.Codes["area"], list.Term(c.ToString())!.Codes["kind"])));
        Assert.All(Enum.GetValues<CompetencyArea>(), a => Assert.Contains(Enum.GetValues<CompetencyCode>(), c => CoreCompetencies.AreaOf(c) == a && CoreCompetencies.KindOf(c) == CompetencyKind.Attitude));
    }

    [Fact]
    public void Of_ages_lies_beside_another_by_years()
    {
        var matches = VocabularyRules.Ages(VocabularyShelf.Find("age-older-people")!, VocabularyShelf.Find("age-unhcr")!).ToDictionary(m => m.Code, m => (m.Fit, string.Join(' ', m.Others)));
        Assert.Equal((AgeFit.Cut, "0-4 5-11"), matches["0-5"]);
        Assert.Equal((AgeFit.Within, "18-59"), matches["18-49"]);
        Assert.Equal((AgeFit.Within, "60+"), matches["80+"]);
        Assert.Equal((AgeFit.Same, "12-17"), VocabularyRules.Ages(VocabularyShelf.Find("age-case-management")!, VocabularyShelf.Find("age-unhcr")!).Where(m => m.Code == "12-17").Select(m => (m.Fit, string.Join(' ', m.Others))).Single());
    }

    [Fact]
    public void Of_ages_gives_every_age_one_group_and_carries_it_only_where_it_fits()
    {
        var lists = VocabularyShelf.All.Where(VocabularyRules.HasAges).ToList();
        Gen.Select(Gen.Int[0, 120], Gen.Int[0, lists.Count - 1], Gen.Int[0, lists.Count - 1]).Sample((age, one, two) =>
        {
            var group = lists[one].Terms.Single(t => t.From <= age && age <= t.To);
            var there = lists[two].Terms.Single(t => t.From <= age && age <= t.To);
            var match = VocabularyRules.Ages(lists[one], lists[two]).Single(m => m.Code == group.Code);
            return match.Others.Contains(there.Code) && (match.Fit == AgeFit.Cut || match.Others.Count == 1);
        });
    }

    [Theory, OnEveryStore]
    public async Task Is_changed_by_those_with_a_duty_with_a_reason_and_the_shipped_one_stays(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var label = new Domain.Shared.LocalText([new("en", "Widow without family"), new("ar", "أرملة بلا أسرة")]);
        var edit = new EditTerm("specific-needs", "WR-WF", label, Checked: true, Retired: false, "Agreed by the working group");
        Task<Domain.Shared.Outcome<Domain.Shared.Nothing>> Edit(AccessContext who, EditTerm command) => planning.Do<EditVocabulary, Domain.Shared.Nothing>(u => u.Handle(who, command, default));
        Assert.Equal(["actor.duty-missing"], (await Edit(planning.Lead, edit)).Refusals.Select(r => r.Slug));
        Assert.Equal(["field.required", "vocabulary.code-shape", "vocabulary.label-missing"],
            (await Edit(planning.Coordinator, edit with { TermCode = "W F", Note = "", Label = Domain.Shared.LocalText.Empty })).Refusals.Select(r => r.Slug).Order(StringComparer.Ordinal));
        Assert.True((await Edit(planning.Coordinator, edit)).IsDone);
        Assert.True((await Edit(planning.Coordinator, edit with { TermCode = "er", Note = "Read in the source", Label = new([new("en", "Older person at risk")]) })).IsDone);
        var list = (await planning.Ask<VocabularyLists, IReadOnlyList<VocabularyList>>(v => v.Read(null, default))).Single(l => l.Code == "specific-needs");
        Assert.Equal(("Widow without family", true, true), (list.Term("WR-WF")!.Label.In("en"), list.Term("WR-WF")!.Edited, list.Term("ER")!.Checked));
        Assert.Null(VocabularyShelf.Find("specific-needs")!.Term("WR-WF"));
        Assert.Equal("WR-WF", (await planning.Ask<VocabularyLists, IReadOnlyList<VocabularyList>>(v => v.Read("أرملة", default))).Single().Terms.Single().Code);
        Assert.Equal(2, (await planning.Ledger()).Count(e => e.Kind == nameof(TermEdited)));
    }
}
