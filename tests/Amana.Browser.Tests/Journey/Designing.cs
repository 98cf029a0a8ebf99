using Amana.Features.Demo;

namespace Amana.Browser.Tests.Journey;

/// <summary>Purpose, form, notice, method, risk, team, sharing and referral: the whole Design.</summary>
internal static class Designing
{
    private static readonly string[] NoticeParts =
    [
        "WhoAsks", "Purpose", "WhatIsCollected", "WhoWillSee", "LimitsOfConfidentiality", "Voluntary", "NoLossOfAid", "HowLongKept", "Rights", "HowToWithdrawOrComplain", "ConsentScript",
    ];

    public static async Task Run(Operation operation)
    {
        await Purpose(operation);
        await Form(operation);
        await Notice(operation);
        await Keeping(operation);
        await Share(operation);
        await Refer(operation);
        await Method(operation);
        await Team(operation);
        await Assessing.Consult(operation, "Design");
        await Risk(operation);
    }

    private static async Task Purpose(Operation operation)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("purpose"));
        await lead.Fill("Input.Statement[0].Words", DemoWords.Purpose("Crossings", ["en"]).In("en"));
        await lead.Fill("Input.Statement[1].Words", DemoWords.Purpose("المعابر", ["ar"]).In("ar"));
        await lead.FillAll("Input", ("ProtectionOutcome", operation.Say("Fewer people are turned back unheard.", "إعادة عدد أقل من الناس دون سماعهم.")),
            ("CategoriesOfPeople", operation.Say("People who cross.", "من يعبرون.")), ("OutOfScope", operation.Say("No places of sleep.", "لا أماكن نوم.")),
            ("Decisions[0].Text", operation.Say("Where legal teams go", "إلى أين تذهب الفرق القانونية")), ("Needs[0].Question", operation.Say("Who needs help, and where?", "من يحتاج إلى المساعدة وأين؟")));
        await lead.Choose("Input.Needs[0].Decision", "D1");
        await lead.Date("Input.Needs[0].ReviewOn", operation.Today.AddDays(100));
        await lead.Press("Input.OutOfScope");
        var focal = await operation.As("focal");
        await focal.Go(operation.At("purpose"));
        await focal.Fill("Weighing.Text", operation.Say("Short, voluntary, and used within days.", "قصير وطوعي ويُستخدم خلال أيام."));
        await focal.Press("Weighing.Text");
        await lead.Go(operation.At("purpose"));
        await lead.PressHandler("Publish");
    }

    private static async Task Form(Operation operation)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("form"));
        await lead.Page.Locator("input[type=file][name=Workbook]").SetInputFilesAsync(Path.Combine(House.Root, "samples", "border-monitoring.csv"));
        await lead.Press("Workbook");
        await lead.Choose("NeedCode", "N1");
        await lead.Press("NeedCode");
        var urgent = lead.Page.Locator("tr").Filter(new() { Has = lead.Page.Locator("input[type=hidden][value$='/urgent_help']") });
        await urgent.Locator("summary").ClickAsync();
        await urgent.Locator("input[name$='.UrgentNeed']").FillAsync("legal");
        await lead.Press("Elements[0].NeedCode");
        await lead.PressHandler("Publish");
    }

    private static async Task Notice(Operation operation)
    {
        var protection = await operation.As("lead");
        foreach (var language in new[] { "en", "ar" })
        {
            await protection.Go(operation.At("notice") + "?Speak=" + language);
            var words = DemoWords.Notice(language);
            foreach (var part in NoticeParts)
                await protection.Fill("Input." + part, (string)words.GetType().GetProperty(part)!.GetValue(words)!);
            await protection.Press("Input.WhoAsks");
        }
    }

    private static async Task Keeping(Operation operation)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("retention"));
        await lead.Fill("Input.MonthsAfterEnd", 6);
        await lead.Tick("Input.Then", "Destroy");
        await lead.Fill("Input.Reason", operation.Say("The figures are needed for half a year.", "نحتاج إلى الأرقام نصف عام."));
        await lead.Press("Input.Reason");
        await lead.Go(operation.At("capacity"));
        await lead.Fill("Input.Interviewers", 8);
        await lead.Fill("Input.InterviewsPerDay", 20);
        await lead.FillAll("Input", ("Equipment", operation.Say("Eight phones", "ثمانية هواتف")), ("Budget", operation.Say("Pay and transport", "أجور ونقل")));
        await lead.Press("Input.Equipment");
        await lead.Go(operation.At("feedback"));
        await lead.Fill("Input.HowTo[0].Words", DemoWords.Feedback(["en"]).In("en"));
        await lead.Fill("Input.HowTo[1].Words", DemoWords.Feedback(["ar"]).In("ar"));
        await lead.Fill("Input.AnswerDays", 7);
        await lead.Press("Input.AnswerDays");
    }

    private static async Task Share(Operation operation)
    {
        await SettingUp.Agree(operation);
        var lead = await operation.As("lead");
        await lead.Go(operation.At("sharing"));
        await lead.ChooseNamed("Input.Recipients[0].Organisation", Operation.Second);
        await lead.Choose("Input.Recipients[0].Detail", "DeidentifiedRecords");
        await lead.ChooseNamed("Input.Recipients[0].Agreement", "HLA");
        await lead.Fill("Input.Recipients[0].What", operation.Say("Answers without names", "إجابات بلا أسماء"));
        await lead.Press("Input.Recipients[0].What");
    }

    private static async Task Refer(Operation operation)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("referral"));
        await lead.Choose("Input.Services[0].NeedKind", "legal");
        await lead.FillAll("Input.Services[0]", ("ServiceName", operation.Say("Legal desk", "مكتب قانوني")), ("Organisation", Operation.Second),
            ("HowReached", operation.Say("The same day", "في اليوم نفسه")));
        await lead.Date("Input.Services[0].CheckedOn", operation.Today);
        await lead.Tick("Input.Services[0].Live");
        await lead.Press("Input.Services[0].ServiceName");
    }

    private static async Task Method(Operation operation)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("method"));
        await lead.FillAll("Input", ("Population", operation.Say("People who cross", "من يعبرون")), ("Frame", operation.Say("Every crossing, each week", "كل معبر كل أسبوع")),
            ("Selection", operation.Say("Every fourth person", "كل شخص رابع")), ("WhoIsMissed", operation.Say("People at night", "من يعبرون ليلاً")), ("KnownLimits", operation.Say("Not random", "ليست عشوائية")));
        await lead.Fill("Input.Strata[0].Planned", 60);
        await lead.Fill("Input.Strata[1].Planned", 60);
        await lead.Press("Input.Frame");
        var focal = await operation.As("focal");
        await focal.Go(operation.At("method"));
        await focal.Fill("Reading.Answer", operation.Say("No leading questions.", "لا أسئلة موجِّهة."));
        await focal.Press("Reading.Answer");
    }

    private static async Task Team(Operation operation)
    {
        var lead = await operation.As("lead");
        foreach (var (_, name, _, _, role) in Operation.Staff.Where(s => s.Role is not null))
        {
            await lead.Go(operation.At("team"));
            await lead.ChooseNamed("Input.StaffId", name);
            await lead.Choose("Input.Role", role!.Value.ToString());
            await lead.Press("Input.StaffId");
        }

        foreach (var (key, _, _, _, _) in Operation.Staff.Where(s => s.Role is not null))
        {
            var person = await operation.As(key);
            await person.Go(operation.At("team"));
            await person.PressHandler("Briefed");
        }
    }

    /// <summary>Written by the protection officer, approved by the focal point; before that the gate stays shut.</summary>
    private static async Task Risk(Operation operation)
    {
        var protection = await operation.As("protection");
        await protection.Go(operation.At("risk"));
        await protection.PressHandler("Starter");
        for (var i = 0; i < 6; i++)
        {
            await protection.ChooseNamed($"Input.Risks[{i}].Owner", "Samir");
            await protection.Choose($"Input.Risks[{i}].State", "InPlace");
        }

        await protection.Date("Input.ReviewOn", operation.Today.AddDays(90));
        await protection.Fill("Input.OpinionOfPeople", operation.Say("They fear to be seen.", "يخشون أن يراهم أحد."));
        await protection.Press("Input.OpinionOfPeople");
        await Assessing.IsHeldBack(operation, "Implement");
        var focal = await operation.As("focal");
        await focal.Go(operation.At("risk"));
        await focal.PressHandler("Approve");
        while (await focal.Count("form[action*='handler=Accept' i]") > 0)
            await focal.PressHandler("Accept");
    }
}
