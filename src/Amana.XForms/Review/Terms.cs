namespace Amana.XForms.Review;

/// <summary>
/// Words by which questions are known, in English, French, Spanish and Arabic, as <see cref="Wording"/> writes them: no accents, no Arabic article.
/// Words, not meaning: a review proposes, a person decides.
/// </summary>
internal static class Terms
{
    public static readonly string[] Consent =
        ["consent*", "agree to", "do you agree", "are you willing", "happy to continue", "may we", "acceptez vous", "etes vous d accord", "d accord pour", "acepta", "acepta usted", "esta de acuerdo en", "consentimiento",
         "توافق", "موافقة", "موافق", "توافقين", "توافقون"];

    /// <summary>The special categories of UN General Assembly resolution 45/95 (1990), principle 5, and words that point to them.</summary>
    public static readonly (string Topic, string[] Words)[] SpecialCategories =
    [
        ("race-or-ethnic-origin", ["ethnic*", "ethnie*", "ethniq*", "etnia", "etnic*", "tribe*", "tribal", "tribu", "clan", "race", "racial", "caste", "skin colour", "skin color", "raza", "عرق", "عرقي*", "اثني*", "قبيلة", "قبيلتك", "عشيرة"]),
        ("political-opinion", ["political opinion*", "political party", "political affiliation", "political view*", "vote for", "voted for", "parti politique", "opinion politique", "opinions politiques", "partido politico", "opinion politica", "حزب", "راي سياسي", "اراء سياسية", "انتماء سياسي"]),
        ("religion-or-belief", ["religion", "religious", "religieu*", "religios*", "faith", "sect", "beliefs", "croyance*", "creencia*", "دين", "ديانة", "ديانتك", "دينك", "مذهب", "طائفة"]),
        ("sex-life", ["sexual orientation", "sex life", "sexual behaviour", "sexual behavior", "sexual relation*", "sexually active", "homosexual*", "gender identity", "orientation sexuelle", "vie sexuelle", "orientacion sexual", "vida sexual", "ميل جنسي", "ميول جنسي*", "حياة جنسية", "هوية جندرية"]),
        ("association-membership", ["trade union*", "labour union*", "union member*", "member of an association", "member of an armed", "syndicat*", "sindicato*", "membre d une association", "miembro de una asociacion", "نقابة", "عضو في جمعية"]),
    ];

    /// <summary>Things that tell who a person is, and the words that ask for them; names only where the answer is text.</summary>
    public static readonly (string What, string[] Words)[] Identifiers =
    [
        ("name", ["full name", "first name", "last name", "family name", "surname", "nickname", "your name", "respondent name", "name of respondent", "name of the respondent", "name of the person", "name of the child", "name of household head", "name of the head",
                  "beneficiary name", "head name", "hoh name", "nom complet", "prenom*", "nom de famille", "votre nom", "nom du repondant", "nombre completo", "apellido*", "su nombre", "اسم كامل", "اسمك", "اسم مستجيب", "اسم رب", "اسم شخص", "كنية"]),
        ("phone", ["phone", "phone number", "telephone", "mobile number", "cell number", "whatsapp", "telefono", "هاتف", "هاتفك", "جوال", "موبايل"]),
        ("address", ["home address", "your address", "street address", "adresse", "direccion de su", "عنوان سكن", "عنوانك"]),
        ("document number", ["id number", "identity number", "national id", "passport*", "ration card number", "registration number", "case number", "individual number", "numero d identite", "numero de identidad", "passeport", "pasaporte", "رقم هوية", "رقم وطني", "جواز"]),
        ("e-mail", ["email", "e mail", "correo electronico", "courriel", "بريد الكتروني"]),
        ("birth date", ["date of birth", "birth date", "birthdate", "dob", "date de naissance", "fecha de nacimiento", "تاريخ ميلاد", "تاريخ ولادة"]),
    ];

    public static readonly string[] Name = ["name", "nom", "nombre"];

    public static readonly string[] NameOf = ["name of", "nom de", "nom du", "nombre de", "nombre del", "اسم"];

    public static readonly string[] People =
        ["respondent*", "deceased", "child*", "person", "head", "member*", "caregiver", "mother", "father", "survivor", "victim", "beneficiary", "defunt*", "enfant", "personne", "chef", "membre*", "mere", "pere", "fallecid*", "nino", "nina", "persona", "jefe", "jefa", "madre", "padre",
         "مستجيب", "متوفى", "طفل", "شخص", "رب", "ام", "اب"];

    /// <summary>Names of things and not of the people asked.</summary>
    public static readonly string[] NotPeople =
        ["camp", "site", "village", "district", "school", "organisation", "organization", "agency", "location", "settlement", "enumerator*", "interviewer*", "team", "partner", "project", "facility", "community", "other*", "specify", "medicine", "language",
         "enqueteur*", "organizacion", "encuestador*", "مخيم", "قرية", "منظمة", "باحث", "مدرسة"];

    public static readonly string[] WayOut =
        ["don t know", "dont know", "do not know", "doesn t know", "dnk", "dk", "unknown", "not sure", "unsure", "prefer not*", "rather not", "no answer", "refuse*", "refusal", "pna", "pnta", "dwta", "declin*", "skip",
         "ne sait pas", "ne sais pas", "nsp", "prefere ne pas", "refus*", "sans reponse", "no sabe", "no se", "no lo se", "prefiere no", "prefiero no", "sin respuesta", "لا اعرف", "لا يعرف", "لا ادري", "لا ارغب", "افضل عدم", "يفضل عدم", "ارفض", "رفض", "لا جواب", "غير معروف"];

    public static readonly string[] WayOutCodes = ["88", "98", "99", "888", "998", "999", "8888", "9998", "9999"];

    public static readonly string[] Yes = ["yes", "oui", "si", "نعم", "y", "1"];

    public static readonly string[] No = ["no", "non", "لا", "n", "0", "not agree", "disagree", "refuse*", "refus*", "declin*", "does not", "do not", "don t", "ne souhaite pas", "لا اوافق", "ارفض"];

    public static readonly string[] Leading =
        ["don t you", "didn t you", "isn t it", "isn t that", "aren t you", "wouldn t you", "shouldn t", "do you agree that", "would you agree that", "surely", "obviously", "of course", "everyone knows", "n est ce pas", "ne pensez vous pas", "ne croyez vous pas", "bien sur",
         "etes vous d accord que", "no cree usted", "no es cierto", "no le parece", "por supuesto", "esta de acuerdo en que", "اليس", "الا تعتقد", "الا ترى", "طبعا", "بالتاكيد"];

    public static readonly string[] And = ["and", "et", "y"];

    public static readonly string[] NotTwo = ["between", "entre", "and or", "et ou", "y o", "both", "y a"];

    public static readonly string[] Good =
        ["good", "excellent", "satisfied", "agree", "safe", "likely", "easy", "happy", "useful", "positive", "better", "bon", "bonne", "satisfait*", "d accord", "facile", "probable", "bueno", "buena", "satisfecho*", "de acuerdo", "seguro", "facil",
         "جيد", "ممتاز", "راض", "راضي", "اوافق", "موافق", "امن", "سهل", "مرجح"];

    public static readonly string[] Bad =
        ["bad", "poor", "dissatisfied", "unsatisfied", "disagree", "unsafe", "unlikely", "difficult", "unhappy", "useless", "negative", "worse", "terrible", "not satisfied", "not safe", "not good", "mauvais*", "insatisfait*", "pas d accord", "difficile", "improbable", "pas satisfait*", "malo",
         "mala", "insatisfecho*", "en desacuerdo", "inseguro", "dificil", "سيئ", "سيء", "غير راض", "غير راضي", "لا اوافق", "غير موافق", "غير امن", "صعب", "غير مرجح"];

    /// <summary>The six domains of the Washington Group Short Set on Functioning.</summary>
    public static readonly (string Domain, string[] Words)[] Functioning =
    [
        ("seeing", ["seeing", "see even", "difficulty seeing", "eyesight", "wg seeing", "wgss1", "voir", "ver incluso", "رؤية", "بصر"]),
        ("hearing", ["hearing", "hear even", "wg hearing", "wgss2", "entendre", "oir", "سمع"]),
        ("walking", ["walking", "climbing", "wg walking", "wgss3", "marcher", "caminar", "مشي"]),
        ("remembering", ["remembering", "concentrating", "wg remembering", "wgss4", "souvenir", "concentrer", "recordar", "concentrarse", "تذكر", "تركيز"]),
        ("self-care", ["self care", "selfcare", "washing all over", "washing", "dressing", "wgss5", "se laver", "s habiller", "soins personnels", "cuidado personal", "vestirse", "عناية", "اغتسال", "لبس"]),
        ("communicating", ["communicating", "communication", "being understood", "wgss6", "communiquer", "comunicarse", "تواصل", "تخاطب"]),
    ];

    public static readonly string[] Age = ["age", "ages", "age group", "years old", "how old", "date of birth", "birthdate", "dob", "quel age", "edad", "anos tiene", "عمر", "عمرك", "فئة عمرية"];

    public static readonly string[] Sex = ["sex", "gender", "sexe", "genre", "sexo", "genero", "جنس", "جنسك", "نوع اجتماعي"];

    public static readonly string[] SexChoices = ["female", "male", "woman", "women", "femme", "mujer", "femenino", "انثى", "امراة", "ذكر"];

    public static readonly string[] Places =
        ["governorate", "province", "district", "sub district", "subdistrict", "county", "municipality", "commune", "region", "admin1", "admin2", "admin3", "admin4", "adm1", "adm2", "adm3", "adm 1", "adm 2", "adm 3", "department", "departement", "prefecture", "departamento",
         "municipio", "provincia", "camp", "settlement", "village", "oblast", "raion", "hromada", "woreda", "kebele", "محافظة", "مديرية", "ناحية", "قضاء", "قرية", "مخيم", "بلدية"];
}
