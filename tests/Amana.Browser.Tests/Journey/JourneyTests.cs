using Amana.Testing;

namespace Amana.Browser.Tests.Journey;

/// <summary>The main job, as people do it: from an empty house to records in use. Without script, so that nothing needs it; once with script, so that it disturbs nothing.</summary>
[Collection("browser")]
public class A_journey(Chromium chromium)
{
    [Theory]
    [InlineData("ar", false)]
    [InlineData("en", true)]
    [InlineData("en", false)]
    [InlineData("ar", true)]
    public async Task Leads_from_the_first_run_to_the_end_without_script(string language, bool onPostgreSql)
    {
        Assert.SkipUnless((language == "ar" && (onPostgreSql || OnlyOneStore)) || LongTests.Asked, "In Arabic on PostgreSQL; the other pairs with AMANA_LONG=1. English on SQLite is walked by the sudden onset.");
        Assert.SkipWhen(onPostgreSql && OnlyOneStore, "AMANA_NO_POSTGRESQL is set.");
        await using var house = await House.Start(demo: false, onPostgreSql);
        await using var operation = new Operation(house, chromium, language, script: false);
        await SettingUp.Run(operation);
        await Assessing.Run(operation);
        await Designing.Run(operation);
        await Collecting.Run(operation);
        await Using.Run(operation);
        await Ending.Run(operation);
    }

    private static bool OnlyOneStore => Environment.GetEnvironmentVariable("AMANA_NO_POSTGRESQL") is { Length: > 0 };

    [Fact]
    public async Task Begins_the_same_with_script()
    {
        Assert.SkipUnless(LongTests.Asked, "The beginning with script is walked with AMANA_LONG=1; single pages with script always.");
        await using var house = await House.Start(demo: false);
        await using var operation = new Operation(house, chromium, "en", script: true);
        await SettingUp.Run(operation);
        await Assessing.Run(operation);
    }

    /// <summary>Nineteen short forms by five people: at two minutes each the first record lies well within the hour, and no rule was left out.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Of_a_sudden_onset_leads_to_a_lawful_first_record_within_the_hour(string language)
    {
        Assert.SkipUnless(language == "en" || LongTests.Asked, "The second language of this journey is walked with AMANA_LONG=1.");
        await using var house = await House.Start(demo: false);
        await using var operation = new Operation(house, chromium, language, script: false);
        await SettingUp.Run(operation);
        await Hurrying.Run(operation, Picture);
        Assert.Equal(19, Hurrying.Sent);

        Task Picture(Visitor visitor, string name) => Environment.GetEnvironmentVariable("AMANA_PICTURES") is { Length: > 0 } folder
            ? visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"onset-{language}-{name}.png"), FullPage = true })
            : Task.CompletedTask;
    }
}
