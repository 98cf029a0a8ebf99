using Amana.Domain.Competency;

namespace Amana.Browser.Tests.Journey;

/// <summary>The first run, organisations, staff with their evidence, and an agreement.</summary>
internal static class SettingUp
{
    public static async Task Run(Operation operation)
    {
        await FirstRun(operation);
        var admin = await operation.As("admin");
        await admin.Go("/set-up/organisations");
        await admin.FillAll("Input", ("Name", Operation.Second), ("ShortName", "HLA"));
        await admin.Choose("Input.Kind", "NationalNgo");
        await admin.Tick("Input.Accepts");
        await admin.Press("Input.ShortName");
        foreach (var person in Operation.Staff)
            await Add(operation, admin, person);
        foreach (var person in Operation.Staff.Where(p => p.Role is not null))
            await Evidence(operation, admin, person.Name, person.Role!.Value);
    }

    private static async Task FirstRun(Operation operation)
    {
        await using var visitor = await operation.Anybody();
        await visitor.Go("/first-run");
        await visitor.FillAll("Input", ("Operation", operation.Say("Made-up operation", "عملية مختلقة")), ("Country", "QZ"), ("Organisation", Operation.First), ("ShortName", "LPN"),
            ("Name", "Rania Sahl"), ("Email", Operation.Email("admin")), ("Password", "quiet river lantern 4711"));
        await visitor.Choose("Input.Kind", "InternationalNgo");
        await visitor.Tick("Input.Accepts");
        await visitor.Press("Input.Operation");
        operation.Knows("admin", "quiet river lantern 4711");
    }

    private static async Task Add(Operation operation, Visitor admin, (string Key, string Name, string Organisation, string? Duty, TeamRole? Role) person)
    {
        await admin.Go("/set-up/staff");
        await admin.FillAll("Input", ("Name", person.Name), ("Email", Operation.Email(person.Key)));
        await admin.ChooseNamed("Input.Organisation", person.Organisation);
        if (person.Duty is not null)
            await admin.Tick("Input.Duties", person.Duty);
        await admin.Press("Input.Email");
        operation.Knows(person.Key, await admin.Text("strong.code"));
    }

    private static async Task Evidence(Operation operation, Visitor admin, string name, TeamRole role)
    {
        await admin.Go("/set-up/staff");
        await admin.Click(admin.Page.Locator("a[href^='/set-up/staff/']", new() { HasText = name }));
        foreach (var (competency, level) in RoleProfiles.Required(role))
        {
            await admin.Choose("Input.Competency", competency.ToString());
            await admin.Choose("Input.Level", level.ToString());
            await admin.Fill("Input.Evidence", operation.Say("Training and observed practice", "تدريب وممارسة بإشراف"));
            await admin.Date("Input.ObtainedOn", operation.Today.AddDays(-30));
            await admin.Date("Input.ExpiresOn", operation.Today.AddDays(300));
            await admin.Press("Input.Competency");
        }
    }

    /// <summary>The focal point proposes the agreement under which answers without names may leave, and the other side accepts it.</summary>
    public static async Task Agree(Operation operation)
    {
        var focal = await operation.As("focal");
        await focal.Go("/sharing/agreements");
        await focal.Fill("Input.Title", operation.Say("Legal help for people turned back", "مساعدة قانونية لمن أُعيدوا"));
        await focal.ChooseNamed("Input.GiverId", Operation.First);
        await focal.ChooseNamed("Input.RecipientId", Operation.Second);
        await focal.Fill("Input.Purpose", operation.Say("Reach people with legal help.", "إيصال المساعدة القانونية إلى الناس."));
        await focal.Tick("Input.Kinds", "DeidentifiedRecords");
        await focal.Fill("Input.Safeguards", operation.Say("Stored encrypted; not passed on; destroyed after a year.", "تُخزَّن مشفّرة ولا تُعطى لغيرهم وتُتلف بعد عام."));
        await focal.Date("Input.From", operation.Today.AddDays(-1));
        await focal.Date("Input.Until", operation.Today.AddDays(500));
        await focal.Fill("Input.SmallestGroup", 3);
        await focal.Press("Input.Title");
        var partner = await operation.As("partner");
        await partner.Go("/sharing/agreements");
        await partner.Click(partner.Page.Locator("a[href^='/sharing/agreements/']").First);
        await partner.Tick("Given.Answer", "Accepted");
        await partner.Press("Given.Answer");
    }
}
