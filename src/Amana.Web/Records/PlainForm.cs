using Amana.Domain.Records.Pictures;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Records;
using Amana.Web.Ui;
using Amana.XForms.Evaluation;

namespace Amana.Web.Records;

/// <summary>A form that is filled on a page without script, by staff and by whoever has a link: what was answered so far is in the page, and each post brings what the answers opened. Nothing is kept before it is sent.</summary>
public sealed class PlainForm(CompiledFormReader forms, TimeProvider clock)
{
    /// <summary>Before an answer's path in the name of its field.</summary>
    public const string Prefix = "a:";

    /// <summary>The form with the answers so far; none where there is no such form.</summary>
    /// <param name="form">The version.</param>
    /// <param name="instance">The record's id; also the seed, so that random orders and values stay from post to post.</param>
    /// <param name="spoken">The tag of the language that is asked in, and of the one that a form without translations is written in.</param>
    /// <param name="began">When the page was opened, in milliseconds since 1970, as it stands in the page: the same answers sent again are the same record.</param>
    /// <param name="answers">By path, in the order of the page.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<FormSession?> Open(FormVersionId form, Guid instance, (string Language, string Only) spoken, long began, IEnumerable<(string Path, string Answer)> answers, CancellationToken cancellationToken)
    {
        if (await forms.Read(form, cancellationToken) is not { } compiled)
            return null;
        var name = compiled.Languages.FirstOrDefault(l => XlsFormUpload.TagOf(l, spoken.Only) == spoken.Language) ?? compiled.DefaultLanguage;
        var session = FormSession.Start(compiled, new EvaluationContext { Now = At(began), Language = name, Seed = instance.GetHashCode() });
        foreach (var (path, answer) in answers)
            session.Set(path, answer);
        return session;
    }

    /// <summary>This moment, as pages carry it.</summary>
    public long Now => clock.Now().ToUnixTimeMilliseconds();

    /// <summary>A moment of the last day; whatever else a page was made to say is now.</summary>
    private DateTimeOffset At(long began) => began <= Now && began > Now - (long)TimeSpan.FromDays(1).TotalMilliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(began) : clock.Now();

    /// <summary>What was posted, names of chosen files included.</summary>
    public static IEnumerable<(string Path, string Answer)> Posted(IFormCollection posted) =>
        posted.Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(f => (f.Key[Prefix.Length..], string.Join(' ', f.Value.Where(v => !string.IsNullOrEmpty(v)))))
            .Concat(posted.Files.Where(f => f.Length > 0 && f.Name.StartsWith(Prefix, StringComparison.Ordinal)).Select(f => (f.Name[Prefix.Length..], Path.GetFileName(f.FileName))));

    /// <summary>Adds or takes out a turn of a repeat where a button asked for it; false for every other button.</summary>
    public static bool Turn(FormSession session, string? button)
    {
        if (button?.StartsWith("add:", StringComparison.Ordinal) == true)
            session.AddTurn(button[4..]);
        else if (button?.StartsWith("remove:", StringComparison.Ordinal) == true)
            session.RemoveTurn(button[7..]);
        else
            return false;
        return true;
    }

    /// <summary>The first thing that is wrong with each answer, by path: in the words of the form's author, else in the reader's language.</summary>
    public static IReadOnlyDictionary<string, string> Errors(FormSession session, PageTexts texts) => session.Errors().GroupBy(e => e.Path, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Words(g.First(), texts), StringComparer.Ordinal);

    private static string Words(AnswerError error, PageTexts texts) => (error.Fault, error.Message) switch
    {
        (AnswerFault.Missing, AnswerError.Needed) => texts.Plain("enter.error.missing"),
        (AnswerFault.WrongType, _) => texts.Plain("enter.error.type"),
        (AnswerFault.NoSuchChoice, _) => texts.Plain("enter.error.choice"),
        (AnswerFault.ConstraintNotMet, AnswerError.NotAllowed) => texts.Plain("enter.error.constraint"),
        _ => error.Message,
    };

    /// <summary>The chosen files, in memory only. Refused with a file of another kind than its question asks for, and with a picture that cannot be followed: whoever chose it is here and can choose another.</summary>
    public static async Task<Outcome<IReadOnlyList<IncomingFile>>> Files(FormSession session, IFormCollection posted, CancellationToken cancellationToken)
    {
        var files = new List<IncomingFile>();
        foreach (var file in posted.Files.Where(f => f.Length > 0 && f.Name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var content = await file.Bytes(cancellationToken);
            if (PictureMetadata.Remove(content) is null)
                return new Refusal("submission.picture-not-readable");
            if (!IsOfKind(Find(session.Parts, file.Name[Prefix.Length..])?.Question?.Control.Attributes.GetValueOrDefault("mediatype"), file.ContentType, content))
                return new Refusal("submission.file-wrong-kind").At(file.Name);
            files.Add(new IncomingFile(Path.GetFileName(file.FileName), file.ContentType, new Sensitive<byte[]>(content)));
        }

        return files;
    }

    /// <summary>A picture is known by its first bytes; a recording or a film by what the browser calls it. A question that asks for any file takes any.</summary>
    private static bool IsOfKind(string? asked, string given, byte[] content) => asked?.Split('/')[0] switch
    {
        "image" => PictureMetadata.IsPicture(content),
        "audio" or "video" => given.StartsWith(asked.Split('/')[0] + "/", StringComparison.OrdinalIgnoreCase) || given is "" or "application/octet-stream" or "application/ogg",
        _ => true,
    };

    /// <summary>The part of a form that asks a question, where it is asked now.</summary>
    public static FormPart? Find(IReadOnlyList<FormPart> parts, string path)
    {
        foreach (var part in parts.Where(p => p.IsVisible))
            if (part.Path == path && part.Question is not null)
                return part;
            else if (Find(part.Parts, path) is { } inner)
                return inner;
        return null;
    }
}
