using System.Text;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Records.Import;
using Amana.Web.Tests.OpenRosa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests;

/// <summary>Records of another tool come in by the way that all submissions take.</summary>
[Collection(DemoCollection.Name)]
public class A_table_of_records(DemoHost host)
{
    private const string Headings = "KEY;notice_language;consent;Who gave the consent?;consent_means;person/full_name;person-sex;How old are you?;_submission_time;consent_sharing;consent_referral;status;seeing;hearing;walking;remembering;selfcare;communicating;crossing_place;outcome;urgent_help\n";

    private static byte[] Table(params string[] rows) => Encoding.UTF8.GetBytes(Headings + string.Join('\n', rows) + "\n");

    private static string Row(string consent, string name = "Made-up Amal") => $"uuid:{Guid.NewGuid():D};en;{consent};self;spoken;{name};female;34;2026-01-01;yes;no;refugee;none;none;a_lot;none;none;none;QZ0101;crossed;no";

    [Fact]
    public async Task Comes_in_once_with_consent_and_counts_who_said_no()
    {
        var (activity, form) = await Open();
        var table = Table(Row("yes", "Made-up Marker Nahla"), Row("no", "Made-up Marker Salim"), Row("Yes"));
        var look = await host.Must(s => s.GetRequiredService<ImportReader>().Read(host.As("interviewer1"), activity, form, table, true, CancellationToken.None));
        Assert.Equal((3, 2, 0), (look.Rows, look.Agreed, look.Refusals.Count));
        var before = await Records(activity);
        var first = await Import(activity, form, table);
        Assert.Equal((3, 2, 1, 0, 0), (first.Rows, first.Accepted, first.Declined, first.Held, first.Refused.Count));
        Assert.Equal(before + 2, await Records(activity));
        var again = await Import(activity, form, table);
        Assert.Equal((0, 0, 3), (again.Accepted, again.Declined, again.Known));
        Assert.Equal(before + 2, await Records(activity));
        Assert.False(host.Holds("Made-up Marker"), "A name of the table stands open in a file of the house.");
    }

    [Fact]
    public async Task Stays_out_whole_when_a_row_does_not_fit_or_nobody_heard_the_notice()
    {
        var (activity, form) = await Open();
        var before = await Records(activity);
        foreach (var (table, heard, slug) in new[]
        {
            (Table(Row("yes"), Row("perhaps")), true, "import.rows-do-not-fit"), (Table(Row("yes")), false, "import.notice-heard"),
            (Encoding.UTF8.GetBytes("age;sex\n3;female\n"), true, "import.consent-column"), ("\0\0\0 not a table"u8.ToArray(), true, "import.file-not-a-table"),
        })
        {
            var outcome = await host.Do(s => s.GetRequiredService<ImportRecords>().Handle(host.As("interviewer1"), activity, form, table, heard, CancellationToken.None));
            Assert.Contains(outcome.Refusals, r => r.Slug == slug);
        }

        Assert.Equal(before, await Records(activity));
    }

    [Fact]
    public async Task Is_not_taken_from_somebody_who_may_not_collect_there()
    {
        var (activity, form) = await Open();
        var outcome = await host.Do(s => s.GetRequiredService<ImportRecords>().Handle(host.As("legal"), activity, form, Table(Row("yes")), true, CancellationToken.None));
        Assert.False(outcome.IsDone);
    }

    private async Task<(ActivityId, FormVersionId)> Open()
    {
        var activity = await host.Activity(1);
        return (activity, await host.Do(s => s.GetRequiredService<AmanaDb>().Set<FormVersion>().Where(f => f.ActivityId == activity && f.FormId == "border_monitoring").Select(f => f.Id).FirstAsync()));
    }

    private Task<ImportResult> Import(ActivityId activity, FormVersionId form, byte[] table) =>
        host.Must(s => s.GetRequiredService<ImportRecords>().Handle(host.As("interviewer1"), activity, form, table, true, CancellationToken.None));

    private Task<int> Records(ActivityId activity) => host.Do(s => s.GetRequiredService<AmanaDb>().Set<RecordEntry>().CountAsync(r => r.ActivityId == activity));
}
