using Amana.Features.Texts;
using Amana.Web.Ui;

namespace Amana.Web.Capture;

/// <summary>The words that the scripts of the page of a form say, and those of the engine in each language that a form may be filled in.</summary>
public static class FillWords
{
    private static readonly (string Name, string Key)[] OfThePage =
    [
        ("passphraseShort", "fill.passphrase.short"), ("passphraseWrong", "fill.passphrase.wrong"), ("draftOf", "fill.draft-of"), ("discardSure", "fill.discard.sure"), ("leaveSure", "fill.leave.sure"),
        ("kept", "fill.kept"), ("received.Accepted", "fill.received.accepted"), ("received.Quarantined", "fill.received.quarantined"), ("received.Held", "fill.received.held"), ("received.RefusedConsent", "fill.received.refused"),
        ("receipt", "fill.receipt"), ("receiptHint", "fill.receipt.hint"), ("online", "fill.online"), ("offline", "fill.offline"), ("waiting", "fill.waiting"), ("sending", "fill.sending"),
        ("drawing", "fill.drawing"), ("ready", "fill.ready"), ("notReady", "fill.not-ready"), ("faults", "fill.faults"), ("notKept", "fill.not-kept"), ("tooLarge", "fill.too-large"), ("failed", "fill.failed"),
        ("cleared", "fill.cleared"), ("idleLocks", "fill.idle.locks"), ("idleClears", "fill.idle.clears"), ("saved", "fill.saved"), ("formGone", "fill.form-gone"), ("draftElsewhere", "fill.draft-elsewhere"), ("draftGone", "fill.draft-gone"),
        ("held", "fill.held.unknown"), ("held.form-link.ended", "fill.held.link"), ("held.form-link.used", "fill.held.link"), ("held.form-link.not-found", "fill.held.link"),
        ("held.413", "fill.held.too-large"), ("held.submission.instance-other-content", "fill.held.twice"), ("held.form.closed", "fill.held.form"), ("held.activity.closed", "fill.held.form"), ("held.activity.not-collecting", "fill.held.form"), ("held.sealed-record.key-gone", "fill.held.form"),
    ];

    private static readonly string[] OfTheLists = ["fill.list.empty", "fill.list.none"];

    // Filled in by the script, so they stay as they are here.
    private static readonly object Later = new { n = "{n}", of = "{of}", when = "{when}" };

    // The engine says these two in words of no form: ours are plainer in every language.
    private static readonly (string English, string Key)[] Plainer = [("Condition not satisfied: required", "fill.required"), ("Condition not satisfied: constraint", "fill.constraint")];

    public static IReadOnlyDictionary<string, string> Of(PageTexts texts) =>
        OfThePage.ToDictionary(w => w.Name, w => texts.Plain(w.Key, Later), StringComparer.Ordinal);

    /// <summary>By language: the engine's English words, as the front-end build finds them in it, and ours for them.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> OfTheEngine(Texts texts)
    {
        var keys = texts.Keys.Where(k => k.StartsWith("fill.engine.", StringComparison.Ordinal)).Concat(OfTheLists).ToList();
        return Language.All.ToDictionary(
            l => l.Code,
            l => (IReadOnlyDictionary<string, string>)keys.Select(k => (English: texts.Get(Language.English, k), Key: k)).Concat(Plainer).ToDictionary(w => w.English, w => texts.Get(l, w.Key), StringComparer.Ordinal),
            StringComparer.Ordinal);
    }
}
