using Amana.Domain.Consent;
using Amana.Features.Participation;
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
}
