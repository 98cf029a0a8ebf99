using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>Fills an empty house with one made-up activity that collects by a form of one's own, for trials of speed. The activity goes the same way as a real one:
/// every rule before collection is met, the gate opens it, the ledger holds it all.</summary>
public sealed class SeedTrial(Store store, RunningHouse running, TimeProvider clock, HouseReader house)
{
    private static readonly PopulationGroup[] Everyone =
        [PopulationGroup.Women, PopulationGroup.Men, PopulationGroup.Girls, PopulationGroup.Boys, PopulationGroup.OlderPeople, PopulationGroup.PeopleWithDisabilities];

    /// <summary>Returns the path of the activity's phone; none when the house holds something already.</summary>
    /// <param name="workbook">The form's workbook (CSV).</param>
    /// <param name="formName">Its file name without the ending.</param>
    /// <param name="cancellationToken">Ends the telling.</param>
    /// <param name="activities">How many; the phone is of the first.</param>
    public async Task<string?> Handle(byte[] workbook, string formName, CancellationToken cancellationToken, int activities = 1)
    {
        if (await house.IsStarted(cancellationToken))
            return null;
        var story = new StoryClock(clock);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddAmana(store);
        running.AddTo(services);
        services.AddSingleton<TimeProvider>(story);
        await using var told = services.BuildServiceProvider();
        var plan = new DemoPlan("Trial of speed", MatrixCategory.ProtectionMonitoring, new Place("QZ01", "Northern crossings"), Everyone, ["en"], SensitivityLevel.Confidential, 30, 200, PimStep.Implement)
        {
            Form = formName, Workbook = workbook,
        };
        return await new DemoStory(told, story, "trial-" + Ids.RandomCode(16), static (_, _) => { }).TellAlike(plan, activities, cancellationToken);
    }
}
