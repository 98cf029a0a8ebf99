using System.Security.Cryptography;
using System.Text.Json;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>How to get into the demo: made-up people, one password made for this house alone, and a phone's address.</summary>
/// <param name="Password">The same for everybody in the demo.</param>
/// <param name="SignIns">Address and what the person does.</param>
/// <param name="PhonePath">The path of the collecting phone of activity 1, to be put behind the house's address.</param>
public sealed record DemoHouse(string Password, IReadOnlyList<DemoSignIn> SignIns, string PhonePath);

public sealed record DemoSignIn(string Email, string Does);

/// <summary>Fills an empty house with a made-up operation: three organisations, eight activities, 2,000 submissions. All of it goes through the same rules, gate and ledger as real work.</summary>
public sealed class SeedDemo(Store store, RunningHouse running, TimeProvider clock, HouseReader house)
{
    /// <summary>Submissions that the story tells.</summary>
    public const int Submissions = 2000;

    private string SignInsFile => Path.Combine(store.DataDirectory, "demo-sign-ins.json");

    /// <summary>Tells the story, or, where it was told before, only says how to get in. None when the house holds something else.</summary>
    /// <param name="progress">Hears how many submissions are in, of how many.</param>
    /// <param name="cancellationToken">Ends the telling between two batches.</param>
    public async Task<DemoHouse?> Handle(Action<int, int> progress, CancellationToken cancellationToken)
    {
        if (await house.IsStarted(cancellationToken))
            return File.Exists(SignInsFile) ? JsonSerializer.Deserialize<DemoHouse>(await File.ReadAllTextAsync(SignInsFile, cancellationToken)) : null;
        var story = new StoryClock(clock);
        await using var told = Services(story).BuildServiceProvider();
        var password = "demo-" + RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 14);
        var phone = await new DemoStory(told, story, password, progress).Tell(cancellationToken);
        var demo = new DemoHouse(password, DemoCast.SignIns, phone);
        Directory.CreateDirectory(store.DataDirectory);
        await using var file = new FileStream(SignInsFile, Private());
        await JsonSerializer.SerializeAsync(file, demo, cancellationToken: cancellationToken);
        return demo;
    }

    /// <summary>The house once more, with the same keys, turns and store, but with the story's clock.</summary>
    private ServiceCollection Services(StoryClock story)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddAmana(store);
        running.AddTo(services);
        services.AddSingleton<TimeProvider>(story);
        return services;
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
