namespace Amana.Browser.Tests.Journey;

/// <summary>An emergency has begun: from the template for sudden onset to the first lawful record, by people who do this for the first time.</summary>
internal static class Hurrying
{
    /// <summary>Forms that people filled and sent since the emergency began.</summary>
    public static int Sent { get; private set; }

    public static async Task Run(Operation operation, Func<Visitor, string, Task> picture)
    {
        Sent = 0;
        var lead = await operation.As("lead");
        await Start(operation, lead, picture);
        await Look(operation, lead);
        await Consult(operation, "Assess");
        await Assessing.Enter(operation, "Design");
        await Purpose(operation, lead);
        await Publish(operation, lead);
        await Respond(operation, lead);
        await Team(operation, lead);
        await Consult(operation, "Design");
        await Assessing.IsHeldBack(operation, "Implement"); // a template waives nothing
        await Judge(operation);
        await picture(await At(operation, "lead", "rules"), "rules");
        await Assessing.Enter(operation, "Implement");
        Sent += 2;
        await Record(operation, picture);
    }

    private static async Task Start(Operation operation, Visitor lead, Func<Visitor, string, Task> picture)
    {
        await lead.Go("/activities/templates");
        await picture(lead, "templates");
        await lead.Click(lead.Page.Locator("a[href='/activities/start?template=sudden-onset']").First);
        await lead.FillAll("Input", ("Title", operation.Say("Flood at the river, first days", "فيضان النهر، الأيام الأولى")), ("Place", "QZ02"), ("PlaceName", operation.Say("River bank", "ضفة النهر")));
        foreach (var group in new[] { "Women", "Men" })
            await lead.Tick("Input.Population", group);
        foreach (var language in new[] { "en", "ar" })
            await lead.Tick("Input.Languages", language);
        await picture(lead, "start");
        await Send(lead, "Input.Title");
        operation.Number = int.Parse(lead.Path.Split('/', '?')[2], System.Globalization.CultureInfo.InvariantCulture);
        await picture(lead, "overview");
    }

    private static async Task Look(Operation operation, Visitor lead)
    {
        await lead.Go(operation.At("overlaps"));
        await lead.PressHandler("Search");
        Sent++;
    }

    private static async Task Consult(Operation operation, string step)
    {
        await Assessing.Consult(operation, step);
        Sent++;
    }

    private static async Task Purpose(Operation operation, Visitor lead)
    {
        var focal = await At(operation, "focal", "purpose");
        await focal.Fill("Weighing.Text", operation.Say("Lives are at stake; nothing is asked that help does not need.", "الأرواح في خطر، ولا يُسأل ما لا تحتاجه المساعدة."));
        await Send(focal, "Weighing.Text");
        await lead.Go(operation.At("purpose"));
        await lead.PressHandler("Publish");
        Sent++;
    }

    private static async Task Publish(Operation operation, Visitor lead)
    {
        await lead.Go(operation.At("form"));
        await lead.PressHandler("Publish");
        Sent++;
        var focal = await At(operation, "focal", "method");
        await focal.Fill("Reading.Answer", operation.Say("Short and neutral.", "قصيرة ومحايدة."));
        await Send(focal, "Reading.Answer");
    }

    /// <summary>One live service for each urgent need that the form may disclose.</summary>
    private static async Task Respond(Operation operation, Visitor lead)
    {
        await lead.Go(operation.At("referral"));
        string[] needs = ["health", "child_protection", "protection"];
        for (var i = 0; i < needs.Length; i++)
        {
            await lead.Choose($"Input.Services[{i}].NeedKind", needs[i]);
            await lead.FillAll($"Input.Services[{i}]", ("ServiceName", operation.Say("Tent at the school", "خيمة عند المدرسة")), ("Organisation", Operation.First),
                ("HowReached", operation.Say("At any hour, by the team", "في أي وقت عبر الفريق")));
            await lead.Date($"Input.Services[{i}].CheckedOn", operation.Today);
            await lead.Tick($"Input.Services[{i}].Live");
        }

        await Send(lead, "Input.Services[0].ServiceName");
    }

    private static async Task Team(Operation operation, Visitor lead)
    {
        foreach (var (_, name, _, _, role) in Operation.Staff.Where(s => s.Role is not null))
        {
            await lead.Go(operation.At("team"));
            await lead.ChooseNamed("Input.StaffId", name);
            await lead.Choose("Input.Role", role!.Value.ToString());
            await Send(lead, "Input.StaffId");
        }

        foreach (var (key, _, _, _, _) in Operation.Staff.Where(s => s.Role is not null))
        {
            var person = await At(operation, key, "team");
            await person.PressHandler("Briefed");
            Sent++;
        }
    }

    private static async Task Judge(Operation operation)
    {
        var focal = await At(operation, "focal", "risk");
        await focal.PressHandler("Approve");
        Sent++;
    }

    private static async Task Record(Operation operation, Func<Visitor, string, Task> picture)
    {
        var interviewer = await At(operation, "interviewer", "enter");
        await Answer(interviewer, "notice_language", operation.Language);
        await Answer(interviewer, "consent", "yes");
        await interviewer.Click(interviewer.Page.Locator("button[name=go][value=check]"));
        foreach (var (question, answer) in new[]
        {
            ("consent_given_by", "self"), ("consent_means", "spoken"), ("consent_sharing", "no"), ("consent_referral", "yes"), ("place", "QZ02"), ("sex", "female"), ("age_group", "18-59"),
            ("hurt", "no"), ("child_alone", "no"), ("danger", "no"),
        })
            await Answer(interviewer, question, answer);
        await interviewer.Page.Locator("input[type=checkbox][name$='/lacking'][value='water']").CheckAsync();
        await interviewer.Click(interviewer.Page.Locator("button[name=go][value=check]"));
        foreach (var domain in new[] { "seeing", "hearing", "walking", "remembering", "selfcare", "communicating" })
            await Answer(interviewer, domain, "1");
        await picture(interviewer, "enter");
        await interviewer.Click(interviewer.Page.Locator("button[name=go][value=send]"));
        Assert.True(await interviewer.Count("strong.receipt") == 1, await interviewer.Text("main"));
        await picture(interviewer, "receipt");
        Sent++;
        var protection = await At(operation, "protection", "records");
        Assert.Equal(1, await protection.Count("main tbody tr"));
    }

    private static async Task<Visitor> At(Operation operation, string who, string place)
    {
        var visitor = await operation.As(who);
        await visitor.Go(operation.At(place));
        return visitor;
    }

    private static async Task Send(Visitor visitor, string field)
    {
        await visitor.Press(field);
        Sent++;
    }

    private static Task Answer(Visitor visitor, string question, string answer) =>
        visitor.Page.Locator($"input[type=radio][name$='/{question}'][value='{answer}']").CheckAsync();
}
