using Amana.Domain.Activities;
using Amana.Domain.Coordination;
using Amana.Domain.Shared;
using Amana.Features.Coordination;
using Amana.Features.Platform;
using Amana.Features.Tests.Activities;
using Amana.Testing;

namespace Amana.Features.Tests.Coordination;

public sealed class A_request_for_data
{
    private static readonly SharingAssessment Weighed = new()
    {
        BenefitOfSharing = "Help comes sooner", RiskOfSharing = "A group is known", SharingLikelihood = 1, SharingImpact = 3, RiskOfNotSharing = "People are asked twice", NotSharingLikelihood = 2, NotSharingImpact = 2,
    };

    [Theory, OnEveryStore]
    public async Task Is_answered_by_those_who_were_asked_once_and_with_both_risks_weighed(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var id = await Asked(planning);
        Assert.Equal(["data-request.not-yours"], Slugs(await Answer(planning, planning.Stranger, id, DataRequestAnswer.Share, Weighed)));
        Assert.Equal(["data-request.off-grid", "field.required", "field.required", "field.required"], Slugs(await Answer(planning, planning.Lead, id, DataRequestAnswer.DoNotShare, new SharingAssessment())).Order(StringComparer.Ordinal));
        Assert.True((await Answer(planning, planning.Lead, id, DataRequestAnswer.DoNotShare, Weighed)).IsDone);
        Assert.Equal(["data-request.answered-already"], Slugs(await Answer(planning, planning.Officer, id, DataRequestAnswer.Share, Weighed)));
        var listed = Assert.Single(await planning.Ask<DataRequests, IReadOnlyList<ListedRequest>>(q => q.Read(planning.Stranger, default)));
        Assert.Equal((DataRequestAnswer.DoNotShare, false), (listed.Request.Answer, listed.MayAnswer));
        var entry = Assert.Single(await planning.Ledger(), e => e.Kind == nameof(DataRequestAnswered));
        Assert.DoesNotContain("group is known", entry.Canonical, StringComparison.Ordinal);
    }

    [Theory, OnEveryStore]
    public async Task Is_not_simply_granted_where_sharing_is_the_greater_risk(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var id = await Asked(planning);
        var risky = Weighed with { SharingLikelihood = 4, SharingImpact = 4 };
        Assert.Equal(["data-request.risk-greater"], Slugs(await Answer(planning, planning.Lead, id, DataRequestAnswer.Share, risky)));
        Assert.Equal(["field.required"], Slugs(await Answer(planning, planning.Lead, id, DataRequestAnswer.ShareWithConditions, risky)));
        Assert.True((await Answer(planning, planning.Lead, id, DataRequestAnswer.ShareWithConditions, risky with { Mitigation = "Districts only, under the agreement" })).IsDone);
    }

    [Theory, OnEveryStore]
    public async Task Sent_twice_is_one_and_is_not_asked_of_oneself(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var id = await Asked(planning);
        Assert.True((await Ask(planning, planning.Stranger, new AskForDataOf(id, planning.Us, null, "Again", "Again"))).IsDone);
        Assert.Single(await planning.Ask<DataRequests, IReadOnlyList<ListedRequest>>(q => q.Read(planning.Stranger, default)));
        Assert.Equal(["data-request.of-oneself"], Slugs(await Ask(planning, planning.Lead, new AskForDataOf(new DataRequestId(Guid.NewGuid()), planning.Us, null, "Figures", "To plan"))));
    }

    private static async Task<DataRequestId> Asked(Planning planning)
    {
        var id = new DataRequestId(Guid.CreateVersion7());
        Assert.True((await Ask(planning, planning.Stranger, new AskForDataOf(id, planning.Us, planning.Activity, "Figures by district", "To plan teams"))).IsDone);
        return id;
    }

    private static Task<Outcome<Nothing>> Ask(Planning planning, AccessContext who, AskForDataOf command) => planning.Do<AskOrganisation, Nothing>(u => u.Handle(who, command, default));

    private static Task<Outcome<Nothing>> Answer(Planning planning, AccessContext who, DataRequestId id, DataRequestAnswer answer, SharingAssessment assessment) =>
        planning.Do<AnswerDataRequest, Nothing>(u => u.Handle(who, id, answer, assessment, "Because of what was weighed", default));

    private static IEnumerable<string> Slugs(Outcome<Nothing> outcome) => outcome.Refusals.Select(r => r.Slug);
}

public sealed class The_registry_of_an_operation
{
    [Theory, OnEveryStore]
    public async Task Tells_who_does_what_where_with_tags_and_hides_the_place_of_what_is_strictly_confidential(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var hidden = planning.AnActivity("=Hidden()") with { Level = SensitivityLevel.StrictlyConfidential };
        await planning.Do<Features.Activities.BeginActivity, int>(u => u.Handle(planning.Lead, hidden, default));
        var lines = await planning.Ask<WhoDoesWhat, IReadOnlyList<RegistryLine>>(q => q.Read(planning.FocalPoint, default));
        Assert.Equal(2, lines.Count);
        var rows = RegistryTable.Rows(lines, Features.Texts.Texts.Load(typeof(AmanaDb).Assembly), Features.Texts.Language.English);
        Assert.Equal(RegistryTable.Tags, rows[1]);
        Assert.All(rows, r => Assert.Equal(RegistryTable.Tags.Count, r.Count));
        Assert.Equal("", Assert.Single(rows, r => (string?)r[2] == "=Hidden()")[3]);
        Assert.Equal("XX0101", Assert.Single(rows, r => (string?)r[2] == "Monitoring of the river paths")[3]);
        Assert.Empty(await planning.Ask<WhoDoesWhat, IReadOnlyList<RegistryLine>>(q => q.Read(planning.Stranger, default)));
    }

    [Theory, OnEveryStore]
    public async Task Has_a_directory_in_which_what_nobody_checked_shows(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var id = new ServiceId(Guid.CreateVersion7());
        var service = new ListServicePoint(id, "Clinic", "health", planning.Us, new Place("XX0101", "River"), "By day", "");
        Assert.True((await planning.Do<AddServicePoint, Nothing>(u => u.Handle(planning.Officer, service, default))).IsDone);
        planning.House.Clock.Move(TimeSpan.FromDays(ServiceRules.CheckDays + 1));
        Assert.True(Assert.Single(await Directory(planning, "health", "XX01")).Stale);
        Assert.True((await planning.Do<CheckServicePoint, Nothing>(u => u.Handle(planning.Officer, id, true, default))).IsDone);
        Assert.False(Assert.Single(await Directory(planning, null, "river")).Stale);
        Assert.Empty(await Directory(planning, "legal", null));
    }

    [Theory, OnEveryStore]
    public async Task Has_a_protocol_that_those_with_the_duty_write(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var content = new ProtocolContent { Purpose = "Share what protects", OnBreach = "We meet within a week", ReviewOn = planning.Today.AddDays(90), Rows = [new("Figures", SensitivityLevel.Restricted, "Meeting")] };
        Task<Outcome<Nothing>> Write(AccessContext who, ProtocolContent c) => planning.Do<WriteProtocol, Nothing>(u => u.Handle(who, c, default));
        Assert.Equal(["actor.duty-missing"], (await Write(planning.Lead, content)).Refusals.Select(r => r.Slug));
        Assert.Equal(["protocol.no-row"], (await Write(planning.Coordinator, content with { Rows = [] })).Refusals.Select(r => r.Slug));
        Assert.True((await Write(planning.Coordinator, content)).IsDone);
        Assert.True((await Write(planning.Coordinator, content)).IsDone);
        Assert.True((await Write(planning.Coordinator, content with { Purpose = "Share less" })).IsDone);
        Assert.Equal(2, (await planning.Ask<ProtocolInForce, InformationProtocol?>(q => q.Read(default)))!.Version);
    }

    private static Task<IReadOnlyList<DirectoryLine>> Directory(Planning planning, string? kind, string? place) => planning.Ask<ServiceDirectory, IReadOnlyList<DirectoryLine>>(q => q.Read(kind, place, default));
}
