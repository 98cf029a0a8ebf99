namespace Amana.Domain.Forms;

/// <summary>What an element most likely is, judged by its type, name and choices: a proposal for people to accept or change, never a decision.</summary>
public static class ElementProposals
{
    private static readonly (string[] Words, ElementRole Role)[] RoleWords =
    [
        (["sex", "gender", "sexe", "sexo"], ElementRole.Sex),
        (["age_group", "agegroup", "age_bracket"], ElementRole.AgeGroup),
        (["age", "edad", "age_years"], ElementRole.Age),
        (["seeing", "see", "vision"], ElementRole.DifficultySeeing),
        (["hearing", "hear"], ElementRole.DifficultyHearing),
        (["walking", "walk", "mobility"], ElementRole.DifficultyWalking),
        (["remembering", "remember", "cognition"], ElementRole.DifficultyRemembering),
        (["selfcare", "self_care", "washing"], ElementRole.DifficultySelfCare),
        (["communicating", "communication"], ElementRole.DifficultyCommunicating),
        (["disability", "handicap", "discapacidad"], ElementRole.Disability),
        (["place", "location", "district", "village", "site", "admin1", "admin2", "admin3"], ElementRole.Place),
        (["receipt", "receipt_code", "slip"], ElementRole.ReceiptCode),
        (["notice_language", "language_of_notice", "interview_language"], ElementRole.NoticeLanguage),
        (["consent_given_by", "given_by"], ElementRole.ConsentGivenBy),
        (["consent_means", "means"], ElementRole.ConsentMeans),
        (["assent", "child_assent"], ElementRole.ChildAssent),
        (["witness", "consent_witness"], ElementRole.ConsentWitness),
        (["interpreter", "consent_interpreter"], ElementRole.ConsentInterpreter),
    ];

    private static readonly string[] IdentifyingWords =
        ["name", "nom", "nombre", "phone", "tel", "telephone", "mobile", "contact", "address", "adresse", "email", "id_number", "idcard", "passport", "gps", "birth", "dob", "nickname"];

    private static readonly string[] IdentifyingTypes =
        ["geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint", "image", "photo", "audio", "background-audio", "video", "barcode", "deviceid", "phonenumber", "username", "email", "imei"];

    public static ElementRole RoleOf(Element element)
    {
        var name = element.Name.ToLowerInvariant();
        return RoleWords.FirstOrDefault(r => r.Words.Any(w => name == w || name.EndsWith("_" + w, StringComparison.Ordinal) || name.StartsWith(w + "_", StringComparison.Ordinal))).Role;
    }

    public static ConsentAsk? AskOf(Element element)
    {
        var name = element.Name.ToLowerInvariant();
        if (!element.IsCoded || !(name.Contains("consent", StringComparison.Ordinal) || name.Contains("agree", StringComparison.Ordinal)) || RoleOf(element) != ElementRole.None)
            return null;
        return name.Contains("shar", StringComparison.Ordinal) ? ConsentAsk.Sharing
            : name.Contains("contact", StringComparison.Ordinal) ? ConsentAsk.Recontact
            : name.Contains("photo", StringComparison.Ordinal) || name.Contains("audio", StringComparison.Ordinal) ? ConsentAsk.PhotoAudio
            : name.Contains("refer", StringComparison.Ordinal) ? ConsentAsk.Referral
            : ConsentAsk.Participation;
    }

    /// <summary>The more harmful reading wins: words and places of people are sealed unless someone decides otherwise.</summary>
    public static Sensitivity SensitivityOf(Element element)
    {
        var name = element.Name.ToLowerInvariant();
        var role = RoleOf(element);
        if (IdentifyingTypes.Contains(element.Type, StringComparer.OrdinalIgnoreCase) || IdentifyingWords.Any(w => name == w || name.Contains(w + "_", StringComparison.Ordinal) || name.EndsWith("_" + w, StringComparison.Ordinal)))
            return Sensitivity.Identifier;
        if (AskOf(element) is not null || role is ElementRole.NoticeLanguage or ElementRole.ConsentGivenBy or ElementRole.ConsentMeans or ElementRole.ChildAssent)
            return Sensitivity.Open;
        if (role is ElementRole.ConsentWitness or ElementRole.ConsentInterpreter)
            return element.IsCoded ? Sensitivity.Open : Sensitivity.Identifier; // in words it is a name
        if (role is ElementRole.Sex or ElementRole.Age or ElementRole.AgeGroup or ElementRole.Place or ElementRole.Disability or (>= ElementRole.DifficultySeeing and <= ElementRole.DifficultyCommunicating))
            return element.IsWords ? Sensitivity.Sensitive : Sensitivity.QuasiIdentifier;
        if (element.IsCoded || element.Computed || element.Type is "integer" or "int" or "decimal" or "date" or "range" or "acknowledge" or "trigger")
            return element.Computed || !element.IsCoded ? Sensitivity.Open : Sensitivity.QuasiIdentifier;
        return Sensitivity.Sensitive;
    }

    /// <summary>The proposal for one element, with the need that the person chose; what is set already stays.</summary>
    public static ClassifyElement For(Element element, string? needCode) => new(
        element.Path, element.NeedCode ?? needCode, element.Sensitivity ?? SensitivityOf(element), element.Role != ElementRole.None ? element.Role : RoleOf(element),
        element.Ask ?? AskOf(element), element.Special, element.UrgentNeed)
    {
        AskFor = element.AskFor,
    };
}
