using Amana.Domain.Shared;

namespace Amana.Domain.Forms;

/// <summary>One version of a form of an activity: the workbook as its author gave it, the XForm that phones receive, and what each element is for.</summary>
public sealed class FormVersion
{
    private FormVersion() { }

    public FormVersionId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>The form's id and version as the XLSForm's settings name them; the pair is unique in an activity once published.</summary>
    public string FormId { get; private set; } = "";

    public string Version { get; private set; } = "";
    public string Title { get; private set; } = "";
    public FormState State { get; private set; }
    public StaffId AuthorId { get; private set; }
    public DateTimeOffset UploadedAt { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }

    public string WorkbookName { get; private set; } = "";

    /// <summary>MD5 of the XForm's bytes, lower-case hexadecimal, as the OpenRosa form list announces it. Not a safeguard.</summary>
    public string Md5 { get; private set; } = "";

    /// <summary>Languages in which every text of the form exists.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    public IReadOnlyList<Element> Elements { get; private set; } = [];

    /// <summary>Questions or choices without a text in some language, as "path: language".</summary>
    public IReadOnlyList<string> MissingTexts { get; private set; } = [];

    /// <summary>Files that the form asks for: lists of choices, pictures, sounds, films.</summary>
    public IReadOnlyList<NeededFile> Files { get; private set; } = [];

    /// <summary>What the review of the form found, in the order of the sheet.</summary>
    public IReadOnlyList<ReviewFinding> Findings { get; private set; } = [];

    /// <summary>Why findings stay.</summary>
    public IReadOnlyList<FindingAnswer> Answers { get; private set; } = [];

    /// <summary>Findings that nobody has answered.</summary>
    public IEnumerable<ReviewFinding> OpenFindings => Findings.Where(f => AnswerTo(f) is null);

    public FindingAnswer? AnswerTo(ReviewFinding finding) => Answers.FirstOrDefault(a => a.Key == finding.Key);

    /// <summary>Where the form makes or changes entries of entity lists.</summary>
    public IReadOnlyList<EntityUse> Entities { get; private set; } = [];

    /// <summary>Phones encrypt what is finished with the activity's public key; nobody who holds the phone reads it.</summary>
    public bool Encrypts { get; private set; }

    public static FormVersion Of(FormUploaded change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, FormId = change.Form.FormId, Version = change.Form.Version, Title = change.Form.Title, AuthorId = change.By,
        UploadedAt = change.At, WorkbookName = change.Form.WorkbookName, Md5 = change.Form.Md5,
        Languages = change.Form.Languages, Elements = change.Form.Elements, MissingTexts = change.Form.MissingTexts, Files = change.Form.Files,
        Findings = change.Form.Findings, Answers = change.Form.Answers, Encrypts = change.Form.Encrypts, Entities = change.Form.Entities, State = FormState.Draft,
    };

    public void Apply(ElementsClassified change) => Elements = change.Elements;

    public void Apply(WordsJudged change) => Elements = [.. Elements.Select(e => e.Path == change.Path ? e with { NamesNobody = change.Judged } : e)];

    public void Apply(FindingAnswered change) => Answers = [.. Answers.Where(a => a.Key != change.Answer.Key), change.Answer];

    public void Apply(FormPublished change) => (State, PublishedAt) = (FormState.Published, change.At);

    public void Apply(FormClosed change) => State = change.Closed ? FormState.Closed : State;

    public void Apply(FormStateSet change) => State = change.State;

    public void Apply(FormEncryptionSet change) => (Encrypts, Md5) = (change.Encrypts, change.Md5);

    /// <summary>Phones may send what they filled: published, or closing.</summary>
    public bool Accepts => State is FormState.Published or FormState.Closing;

    public Element? Element(string path) => Elements.FirstOrDefault(e => e.Path == path);

    public Element? WithRole(ElementRole role) => Elements.FirstOrDefault(e => e.Role == role);
}

/// <summary>The bytes of a form version, kept apart because rules never need them.</summary>
public sealed class FormFile
{
    private FormFile() { }

    public FormVersionId FormVersionId { get; private set; }

    /// <summary>The workbook, byte for byte.</summary>
    public byte[] Workbook { get; private set; } = [];

    /// <summary>The ODK XForm, exactly the text served (UTF-8).</summary>
    public string XForm { get; private set; } = "";

    public static FormFile Of(FormUploaded change) => new() { FormVersionId = change.Id, Workbook = change.Form.Workbook, XForm = change.Form.XForm };

    public void Apply(FormEncryptionSet change) => XForm = change.XForm;
}

/// <summary>Draft: being designed. Published: given to phones. Closing: given to none, but what was filled is still accepted. Closed: accepts nothing.</summary>
public enum FormState { Draft, Published, Closing, Closed }

/// <summary>One data element of a form: what it asks, which need it serves (DP-2), how sensitive it is (SEC-1), and the part it plays.</summary>
public sealed record Element
{
    public required string Path { get; init; }
    public required string Name { get; init; }
    public LocalText Label { get; init; } = LocalText.Empty;

    /// <summary>The XLSForm type, such as <c>select_one</c>, <c>text</c>, <c>integer</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>The choice list, for coded questions.</summary>
    public string? ChoiceList { get; init; }

    /// <summary>Codes and labels of the choices, for coded questions.</summary>
    public IReadOnlyList<ElementChoice> Choices { get; init; } = [];

    /// <summary>Inside a repeat, so many answers per submission.</summary>
    public bool Repeated { get; init; }

    /// <summary>Filled by the phone or by calculation, not asked.</summary>
    public bool Computed { get; init; }

    public string? NeedCode { get; init; }
    public Sensitivity? Sensitivity { get; init; }
    public ElementRole Role { get; init; }

    /// <summary>The consent that this question asks for, if it asks for one (IC-3).</summary>
    public ConsentAsk? Ask { get; init; }

    /// <summary>The one recipient (its id) or the one kind of service that the question asks about; none when it asks about all that are named.</summary>
    public string? AskFor { get; init; }

    /// <summary>One of the categories that are off unless justified on their own (DP-3).</summary>
    public SpecialCategory? Special { get; init; }

    /// <summary>The kind of urgent need that an answer may disclose (DNH-5), as a code of the referral pathway.</summary>
    public string? UrgentNeed { get; init; }

    /// <summary>Who said, and why, that words written here cannot name anybody, though they are not sealed for the person (SEC-2).</summary>
    public NamesNobody? NamesNobody { get; init; }

    public bool IsCoded => Choices.Count > 0;

    /// <summary>Anything can be written into it: there is no list to choose from.</summary>
    internal bool IsWords => !IsCoded && !Computed && Type is "text" or "string" or "barcode";

    /// <summary>Anything can be written into it, a name too, and it is classed so that it is not sealed under the person's key. The receipt's code is made by the house.</summary>
    public bool WordsUnsealed => IsWords && Sensitivity is Forms.Sensitivity.Open or Forms.Sensitivity.QuasiIdentifier && Role != ElementRole.ReceiptCode;

    /// <summary>What harms most when it is known: an identifier, a sensitive answer, or one of a special category. A risk assessment looks at each (DNH-4).</summary>
    public bool IsSensitive => Sensitivity is Forms.Sensitivity.Sensitive or Forms.Sensitivity.Identifier || Special is not null;
}

/// <summary>Somebody competent for protection says why an answer in words cannot name anybody.</summary>
public sealed record NamesNobody(string Reason, StaffId By, DateTimeOffset At);

public sealed record ElementChoice(string Code, LocalText Label);

/// <summary>Sensitivity of an element (SEC-1). Identifiers and sensitive answers are sealed under the person's own key.</summary>
public enum Sensitivity { Identifier, Sensitive, QuasiIdentifier, Open }

/// <summary>The part that an element plays beyond its words.</summary>
public enum ElementRole
{
    None, Sex, Age, AgeGroup, DifficultySeeing, DifficultyHearing, DifficultyWalking, DifficultyRemembering, DifficultySelfCare, DifficultyCommunicating,
    Disability, Place, InterviewDate, NoticeLanguage, ConsentGivenBy, ConsentMeans, ReceiptCode, Interviewer,
    ChildAssent, ConsentWitness, ConsentInterpreter,
}

/// <summary>Separate yeses: one is never implied by another (IC-3).</summary>
public enum ConsentAsk { Participation, Sharing, Recontact, PhotoAudio, Referral }

/// <summary>UN General Assembly resolution 45/95 (1990), principle 5.</summary>
public enum SpecialCategory { RaceOrEthnicOrigin, PoliticalOpinion, ReligionOrBelief, SexLife, AssociationMembership }

/// <summary>A form as the engine read and converted it, ready to be kept.</summary>
public sealed record ReadForm(
    string FormId, string Version, string Title, byte[] Workbook, string WorkbookName, string XForm, string Md5,
    IReadOnlyList<string> Languages, IReadOnlyList<Element> Elements, IReadOnlyList<string> MissingTexts)
{
    /// <summary>Files that the form asks for.</summary>
    public IReadOnlyList<NeededFile> Files { get; init; } = [];

    /// <summary>Where the form makes or changes entries of entity lists.</summary>
    public IReadOnlyList<EntityUse> Entities { get; init; } = [];

    /// <summary>The XForm carries a public key, so phones encrypt.</summary>
    public bool Encrypts { get; init; }

    /// <summary>The workbook names a key, so its author wants phones to encrypt.</summary>
    public bool AsksToEncrypt { get; init; }

    /// <summary>The external choices of the workbook as the file that phones read them from; none when it has no such sheet.</summary>
    public byte[]? Itemsets { get; init; }

    /// <summary>What the review found.</summary>
    public IReadOnlyList<ReviewFinding> Findings { get; init; } = [];

    /// <summary>Answers of an earlier version of the same form, that hold on.</summary>
    public IReadOnlyList<FindingAnswer> Answers { get; init; } = [];
}

public sealed record FormUploaded : Change
{
    internal FormUploaded() { }
    public FormVersionId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public ReadForm Form { get; internal init; } = null!;
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record ElementsClassified : Change
{
    internal ElementsClassified() { }
    public IReadOnlyList<Element> Elements { get; internal init; } = [];
}

public sealed record WordsJudged : Change
{
    internal WordsJudged() { }
    public string Path { get; internal init; } = "";
    public NamesNobody Judged { get; internal init; } = null!;
}

public sealed record FormPublished : Change
{
    internal FormPublished() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record FormClosed : Change
{
    internal FormClosed() { }
    public bool Closed { get; internal init; }
}

/// <summary>A published version was opened, set to closing, or closed.</summary>
public sealed record FormStateSet : Change
{
    internal FormStateSet() { }
    public FormState State { get; internal init; }
}
