using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Demo;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>The host with the made-up operation in it: activity 1 collects, activity 2's review of risks has lapsed, activity 4 has ended its collection.</summary>
public sealed class DemoHost : Host, IAsyncLifetime
{
    private IReadOnlyList<StaffMember> _staff = [];
    private string _password = "";

    /// <summary>What the house does by itself every few moments is left out, so that tests can count what one request did.</summary>
    protected override void ConfigureWebHost(Microsoft.AspNetCore.Hosting.IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services =>
        {
            foreach (var work in services.Where(s => s.ImplementationType?.Name is "BiasWork" or "RuleWork" or "StaffWork" or "WitnessWork" or "ErasureWork").ToList())
                services.Remove(work);
            services.AddSingleton(s => new Amana.Web.OpenRosa.WrongPhones(s.GetRequiredService<TimeProvider>(), perAddress: 1000)); // many tests stand behind this one address
        });
    }

    public async ValueTask InitializeAsync()
    {
        using var client = CreateClient();
        (await client.GetAsync("/accounts/sign-in")).EnsureSuccessStatusCode(); // the house is open
        _password = (await Do(async s => await s.GetRequiredService<SeedDemo>().Handle(static (_, _) => { }, CancellationToken.None)))!.Password;
        _staff = await Do(s => s.GetRequiredService<AmanaDb>().Set<StaffMember>().AsNoTracking().ToListAsync());
    }

    /// <summary>Does something in a scope of its own, as a request would.</summary>
    public async Task<T> Do<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public AccessContext As(string key) => _staff.First(s => s.Email.StartsWith(key + "@", StringComparison.Ordinal)) is var member
        ? new AccessContext(new Actor(ActorKind.Staff, member.Id, member.OrganisationId, member.Duties)) : throw new InvalidOperationException(key);

    /// <summary>A browser in which this member of the cast has signed in.</summary>
    public async Task<Desk> SignedIn(string key)
    {
        var client = CreateClient(new Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var desk = new Desk(client);
        using var answer = await desk.Post("/accounts/sign-in", "/accounts/sign-in", ("Input.Email", key + "@demo.example"), ("Input.Password", _password));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return desk;
    }

    public Task<ActivityId> Activity(int number) =>
        Do(s => s.GetRequiredService<AmanaDb>().Set<Activity>().Where(a => a.Number == number).Select(a => a.Id).SingleAsync());

    /// <summary>A phone of the activity, issued by its lead as the page does it.</summary>
    public async Task<Phone> Phone(int number, string lead = "im", string holder = "interviewer1")
    {
        var activity = await Activity(number);
        var issued = await Do(s => s.GetRequiredService<IssuePhoneToken>().Handle(As(lead), activity, "Test phone", As(holder).Actor.StaffId!.Value, CancellationToken.None));
        Assert.True(issued.IsDone, string.Join(", ", issued.Refusals.Select(r => r.Slug)));
        return new Phone(this, $"/v1/key/{issued.Result.Token}/projects/{number}", issued.Result.Id);
    }

    /// <summary>Does something that must not be refused.</summary>
    public async Task<T> Must<T>(Func<IServiceProvider, Task<Outcome<T>>> act)
    {
        var outcome = await Do(act);
        Assert.True(outcome.IsDone, string.Join(", ", outcome.Refusals.Select(r => r.Slug + " " + string.Join(' ', r.Args.Values))));
        return outcome.Result;
    }

    /// <summary>The sample form under another id, so that a test has it for itself.</summary>
    public async Task<string> BorderForm(string id) => (await File.ReadAllTextAsync(Path.Combine(Sources.Root, "samples", "border-monitoring.csv"))).Replace("\"border_monitoring\"", $"\"{id}\"", StringComparison.Ordinal);

    /// <summary>Uploads a draft to the activity, with every proposal accepted.</summary>
    public async Task<(ActivityId Activity, FormVersionId Draft)> Draft(int number, string csv)
    {
        var activity = await Activity(number);
        var form = await Must(s => s.GetRequiredService<UploadForm>().Handle(As("im"), activity, System.Text.Encoding.UTF8.GetBytes(csv), "form.csv", CancellationToken.None));
        await Must(s => s.GetRequiredService<AcceptProposals>().Handle(As("im"), activity, form, "N1", CancellationToken.None));
        return (activity, form);
    }

    /// <summary>Publishes a form, with a file where it has one.</summary>
    public async Task<PublishedTestForm> Publish(int number, string csv, string? file = null, string content = "")
    {
        var (activity, form) = await Draft(number, csv);
        if (file is not null)
            await Must(s => s.GetRequiredService<AttachFormFile>().Handle(As("im"), activity, form, file, System.Text.Encoding.UTF8.GetBytes(content), CancellationToken.None));
        await Must(s => s.GetRequiredService<PublishForm>().Handle(As("im"), activity, form, CancellationToken.None));
        await LookAtRisksAgain(activity);
        return new PublishedTestForm(activity, form);
    }

    /// <summary>A form with sensitive questions that the assessment does not cover holds what comes by it (DNH-4); the focal point looks again, and the date of the next review stays.</summary>
    public async Task LookAtRisksAgain(ActivityId activity)
    {
        var review = await Do(s => s.GetRequiredService<AmanaDb>().Set<Domain.Risk.RiskAssessment>().AsNoTracking().Where(r => r.ActivityId == activity).Select(r => r.Content).SingleAsync());
        if (review.ReviewOn > DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime))
            await Must(s => s.GetRequiredService<Amana.Features.Risk.ReviewRisk>().Handle(As("focal"), activity, review.ReviewOn, CancellationToken.None));
    }

    /// <summary>How many rows each table has; what the ledger signs in the background is left out.</summary>
    public async Task<SortedDictionary<string, long>> Rows()
    {
        // What an earlier test set going (an erasure, a signature) may still be under way: count until it is quiet.
        var rows = await CountRows();
        for (var tries = 0; tries < 20; tries++)
        {
            await Task.Delay(100);
            var again = await CountRows();
            if (again.SequenceEqual(rows))
                return again;
            rows = again;
        }

        return rows;
    }

    private Task<SortedDictionary<string, long>> CountRows() => Do(async s =>
    {
        var db = s.GetRequiredService<AmanaDb>();
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()).OfType<string>().Distinct().Where(t => t is not ("ledger_frontier" or "ledger_checkpoints")))
#pragma warning disable EF1002 // the model names its tables, nobody else does
            rows[table] = await db.Database.SqlQueryRaw<long>($"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"").SingleAsync();
#pragma warning restore EF1002
        return rows;
    });

    /// <summary>True when any file of the house holds these bytes, written as they are.</summary>
    public bool Holds(string words)
    {
        var wanted = System.Text.Encoding.UTF8.GetBytes(words);
        return HouseFiles.Where(Folder, content => content.AsSpan().IndexOf(wanted) >= 0).Count > 0;
    }
}

[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoHost>
{
    public const string Name = "the made-up operation";
}
