using Amana.Domain.Consent;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Consent;

/// <summary>The notice and consent script, language by language, and the legal basis (IC-1, IC-2).</summary>
[NoPersonalData]
public sealed class NoticePage(ActivityFrame frame, WriteNotice write, NoticeSounds sounds) : ActivityPage(frame)
{
    public override string TitleKey => "notice.title";

    /// <summary>The language that is being written.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Speak { get; set; }

    [BindProperty]
    public NoticeInput Input { get; set; } = new();

    public string Language => Speak is { Length: > 0 } tag && State.Activity.Languages.Contains(tag) ? tag : State.Activity.Languages[0];

    public bool IsRightToLeft => Features.Texts.Language.Find(Language)?.IsRightToLeft ?? false;

    public IEnumerable<Choice> Bases => Enum.GetValues<LegalBasis>().Select(b => new Choice(b.ToString(), Texts.Word(b)));

    /// <summary>The next language that is not complete, after this one.</summary>
    public string? NextLanguage => State.Activity.Languages.FirstOrDefault(l => State.Notice is null || !State.Notice.Content.Texts.TryGetValue(l, out var t) || t.MissingParts.Count > 0);

    /// <summary>How plain the notice is in each language that is written.</summary>
    public IReadOnlyList<PlainReport> Plain => [.. (State.Notice?.Content.Texts ?? NoticeContent.Empty.Texts).Select(t => PlainLanguage.Of(t.Key, t.Value))];

    /// <summary>The recording of the language that is being written.</summary>
    [BindProperty]
    public IFormFile? Sound { get; set; }

    /// <summary>The notice read aloud in this language.</summary>
    public ShownRecording? Recording => State.Notice?.Content.Recordings.GetValueOrDefault(Language) is { } recording ? new ShownRecording(At("notice") + "?handler=Sound&Speak=" + Language, Language, recording) : null;

    /// <summary>Every part is written in this language.</summary>
    public bool IsWritten => State.Notice?.Content.Texts.GetValueOrDefault(Language) is { MissingParts.Count: 0 };

    public void OnGet() => Fill();

    /// <summary>The recording's bytes, for the player of this page.</summary>
    public async Task<IActionResult> OnGetSoundAsync() =>
        await sounds.Read(ActivityId, Language, HttpContext.RequestAborted) is { } sound ? new FileContentResult(sound.Content, sound.ContentType) { EnableRangeProcessing = true } : NotFound();

    public async Task<IActionResult> OnPostRecordAsync([FromServices] RecordNotice record)
    {
        Fill();
        if (Sound is null)
            return Refused([new Refusal("field.required").At(nameof(Sound))], "");
        if (Sound.Length > ConsentRules.MaxRecordingBytes)
            return Refused([ConsentRules.TooLarge], "");
        return Answer(await record.Handle(Who, ActivityId, Language, await Sound.Bytes(HttpContext.RequestAborted), HttpContext.RequestAborted), At("notice") + "?Speak=" + Language, "notice-recorded", "");
    }

    public async Task<IActionResult> OnPostTakeOffAsync([FromServices] TakeOffNoticeRecording takeOff)
    {
        Fill();
        return Answer(await takeOff.Handle(Who, ActivityId, Language, HttpContext.RequestAborted), At("notice") + "?Speak=" + Language, "notice-recording-off", "");
    }

    private void Fill()
    {
        var notice = State.Notice?.Content;
        Input = NoticeInput.Of(notice?.Texts.GetValueOrDefault(Language) ?? new NoticeText(), notice);
    }

    public async Task<IActionResult> OnPostAsync() =>
        Answer(await write.Handle(Who, ActivityId, Language, Input.ToText(), new NoticeTerms(Input.Basis, Input.BasisReason ?? "", Input.ValidMonths), HttpContext.RequestAborted), At("notice") + "?Speak=" + Language, "notice-saved");
}

/// <summary>The notice's parts as the page's fields.</summary>
public sealed class NoticeInput
{
    public string? WhoAsks { get; set; }
    public string? Purpose { get; set; }
    public string? WhatIsCollected { get; set; }
    public string? WhoWillSee { get; set; }
    public string? LimitsOfConfidentiality { get; set; }
    public string? Voluntary { get; set; }
    public string? NoLossOfAid { get; set; }
    public string? HowLongKept { get; set; }
    public string? Rights { get; set; }
    public string? HowToWithdrawOrComplain { get; set; }
    public string? ConsentScript { get; set; }
    public LegalBasis Basis { get; set; } = LegalBasis.Consent;
    public string? BasisReason { get; set; }
    public int? ValidMonths { get; set; }

    public static NoticeInput Of(NoticeText text, NoticeContent? content) => new()
    {
        WhoAsks = text.WhoAsks, Purpose = text.Purpose, WhatIsCollected = text.WhatIsCollected, WhoWillSee = text.WhoWillSee,
        LimitsOfConfidentiality = text.LimitsOfConfidentiality, Voluntary = text.Voluntary, NoLossOfAid = text.NoLossOfAid, HowLongKept = text.HowLongKept,
        Rights = text.Rights, HowToWithdrawOrComplain = text.HowToWithdrawOrComplain, ConsentScript = text.ConsentScript,
        Basis = content?.Basis ?? LegalBasis.Consent, BasisReason = content?.BasisReason, ValidMonths = content?.ValidMonths,
    };

    public NoticeText ToText() => new()
    {
        WhoAsks = Said(WhoAsks), Purpose = Said(Purpose), WhatIsCollected = Said(WhatIsCollected), WhoWillSee = Said(WhoWillSee),
        LimitsOfConfidentiality = Said(LimitsOfConfidentiality), Voluntary = Said(Voluntary), NoLossOfAid = Said(NoLossOfAid), HowLongKept = Said(HowLongKept),
        Rights = Said(Rights), HowToWithdrawOrComplain = Said(HowToWithdrawOrComplain), ConsentScript = Said(ConsentScript),
    };

    private static string Said(string? text) => text?.Trim() ?? "";
}
