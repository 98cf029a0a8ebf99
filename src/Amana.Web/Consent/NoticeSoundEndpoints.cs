using Amana.Domain.Consent;
using Amana.Features.Consent;
using Amana.Web.Capture;
using Amana.Web.Security;

namespace Amana.Web.Consent;

/// <summary>The notice read aloud, for anybody where the public page shows the activity, and for whoever may fill its form. A browser asks for it only when somebody presses play; ranges are served, because players ask for parts.</summary>
public static class NoticeSoundEndpoints
{
    public static void MapNoticeSounds(this WebApplication app)
    {
        app.MapGet("/public/notice/{number:int}/{language}", Public).AllowAnonymous().WithMetadata(new NoPersonalDataAttribute());
        app.MapGet("/fill/activity/{number:int}/notice/{language}", Filling).WithMetadata(new NoPersonalDataAttribute());
        app.MapGet("/fill/link/{token}/notice/{language}", Filling).AllowAnonymous().WithMetadata(new NoPersonalDataAttribute());
    }

    private static async Task<IResult> Public(HttpContext http, int number, string language, NoticeSounds sounds) => Answer(await sounds.ReadPublic(number, language, http.RequestAborted));

    private static async Task<IResult> Filling(HttpContext http, string language, FillCallerReader callers, NoticeSounds sounds) =>
        await callers.Find(http) is { } caller ? Answer(await sounds.Read(caller.Activity, language, http.RequestAborted)) : Results.NotFound();

    private static IResult Answer(NoticeSound? sound) => sound is null ? Results.NotFound() : Results.Bytes(sound.Content, sound.ContentType, enableRangeProcessing: true);
}

/// <summary>A recording as pages show it: where its bytes are, in which language it speaks, how long it is.</summary>
public sealed record ShownRecording(string Address, string Language, NoticeRecording Recording)
{
    /// <summary>Minutes and seconds, such as 1:20.</summary>
    public string Length => TimeSpan.FromSeconds(Recording.Seconds).ToString(@"m\:ss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Kilobytes, rounded up.</summary>
    public int Kilobytes => (Recording.Bytes + 1023) / 1024;
}
