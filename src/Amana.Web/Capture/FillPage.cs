using System.Text.Json;
using Amana.Domain.Consent;
using Amana.Features.Capture;
using Amana.Features.Texts;
using Amana.Web.Consent;
using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.Capture;

/// <summary>The page of a form as an island: what the scripts are told, and the policy that the engine needs. Without script it leads to the plain page.</summary>
public abstract class FillPage : StaffPage
{
    /// <summary>Seconds without a touch after which an open form locks, or clears where no passphrase was set.</summary>
    public const int IdleSeconds = 600;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>What can be filled; none where the page says that nothing is open.</summary>
    public FillableActivity? Activity { get; protected set; }

    /// <summary>The address of this page, from which its forms, files and the place to send to hang.</summary>
    public string Address => Request.Path.Value!;

    /// <summary>The same form without script.</summary>
    public virtual string? PlainAddress => null;

    /// <summary>Tags of the languages to choose from, the reader's own first where the activity speaks it.</summary>
    public IReadOnlyList<string> Languages => [.. (Activity?.Languages ?? []).OrderByDescending(l => l == Texts.Language.Code)];

    public NoticeText? NoticeIn(string tag) => Activity?.Notice.GetValueOrDefault(tag) ?? Activity?.Notice.Values.FirstOrDefault();

    /// <summary>The notice read aloud in that very language.</summary>
    public ShownRecording? RecordingIn(string tag) =>
        Activity?.Recordings.TryGetValue(tag, out var recording) == true ? new ShownRecording($"{RecordingsAt}/notice/{tag}", tag, recording) : null;

    /// <summary>The address that the recordings hang from.</summary>
    protected virtual string RecordingsAt => Address;

    public static bool IsRightToLeft(string tag) => Language.Find(tag)?.IsRightToLeft ?? tag is "fa" or "ur" or "ps" or "prs" or "ku" or "ckb" or "he";

    public static string NameOf(string tag) => Language.Find(tag)?.OwnName ?? tag;

    /// <summary>Everything that the scripts are told, as JSON.</summary>
    public string Configuration(Assets assets, Texts texts)
    {
        var activity = Activity ?? throw new InvalidOperationException("Nothing to fill.");
        var (forms, older) = (activity.Forms.Select(f => Told(activity, f)).ToList(), activity.Older.Select(f => Told(activity, f)).ToList());
        return JsonSerializer.Serialize(new
        {
            engine = "odk-web-forms", activity = activity.Number, key = activity.Key is { } key ? new { id = Convert.ToBase64String(key.Id.Value.ToByteArray(bigEndian: true)), point = Convert.ToBase64String(key.Point) } : null,
            send = Address + "/records", exit = "/exit", away = CaptureEndpoints.Away, idle = IdleSeconds, most = CaptureEndpoints.MaxRecord, forms, older,
            languages = Languages.Select(tag => new { tag, rtl = IsRightToLeft(tag) }),
            files = assets.OfTheForm.Concat([assets.Url("site.css"), assets.Url("mark.svg"), CaptureEndpoints.Away]).Concat(forms.Select(f => f.Xml)).Concat(forms.SelectMany(f => f.Files).Select(f => f.Url)),
            words = FillWords.Of(Texts), engineWords = FillWords.OfTheEngine(texts),
        }, Json);
    }

    private TellableForm Told(FillableActivity activity, FormToFill f) =>
        new(f.Id.Value, f.Title, $"{Address}/forms/{f.Id.Value}", NamesOf(activity, f), [.. f.Files.Select(name => new TellableFile(name, $"{Address}/forms/{f.Id.Value}/{Uri.EscapeDataString(name)}"))]);

    /// <summary>Opens this answer's policy for the engine. Only where a form is there.</summary>
    protected void LetTheEngineIn()
    {
        if (Activity is { Forms.Count: > 0, Key: not null, Held.Count: 0 })
            ContentPolicy.Of(HttpContext).AllowFormEngine();
    }

    /// <summary>The form's own name for each of the activity's languages; a form without that language opens in its first.</summary>
    private static Dictionary<string, string?> NamesOf(FillableActivity activity, FormToFill form) =>
        activity.Languages.ToDictionary(tag => tag, tag => form.Languages.GetValueOrDefault(tag), StringComparer.Ordinal);

    private sealed record TellableForm(Guid Id, string Title, string Xml, Dictionary<string, string?> Languages, IReadOnlyList<TellableFile> Files);

    private sealed record TellableFile(string Name, string Url);
}
