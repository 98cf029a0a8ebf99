using Amana.Domain.Consent;
using Amana.Features.Participation;
using Amana.Web.Consent;
using Amana.Web.Security;

namespace Amana.Web.Public;

/// <summary>What is collected about people here, why, by whom, and how to speak (DP-5, PC-3).</summary>
[NoPersonalData]
public sealed class Index(PublicActivities activities) : PublicPage
{
    public IReadOnlyList<PublicActivity> Activities { get; private set; } = [];

    public async Task OnGetAsync() => Activities = await activities.Read(HttpContext.RequestAborted);

    /// <summary>The notice in the reader's language, else in English, else in any.</summary>
    public NoticeText? NoticeOf(PublicActivity activity) =>
        activity.Notice.TryGetValue(Texts.Language.Code, out var own) ? own
        : activity.Notice.TryGetValue("en", out var english) ? english
        : activity.Notice.Values.FirstOrDefault();

    /// <summary>The notice read aloud in the reader's language, to be played on the page.</summary>
    public ShownRecording? RecordingOf(PublicActivity activity) => activity.Recordings.TryGetValue(Texts.Language.Code, out var own) ? Shown(activity, Texts.Language.Code, own) : null;

    /// <summary>The same in other languages, as links: who does not read picks the language by its own name.</summary>
    public IReadOnlyList<ShownRecording> OtherRecordings(PublicActivity activity) =>
        [.. activity.Recordings.Where(r => r.Key != Texts.Language.Code).Select(r => Shown(activity, r.Key, r.Value))];

    private static ShownRecording Shown(PublicActivity activity, string language, NoticeRecording recording) =>
        new($"/public/notice/{activity.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)}/{language}", language, recording);
}
