using Amana.Domain.Consent;
using Amana.Domain.Shared;

namespace Amana.Features.Demo;

/// <summary>The words of the made-up plans: purposes, notices, feedback channels, in the languages that the activities use.</summary>
public static class DemoWords
{
    public static LocalText Purpose(string title, IEnumerable<string> languages) => In(languages,
        $"{title}: learn what people face, so that help reaches them within two days and what we say to others rests on facts.",
        $"{title} : savoir ce que les gens affrontent, pour que l’aide les atteigne en deux jours et que notre plaidoyer repose sur des faits.",
        $"{title}: معرفة ما يواجهه الناس كي تصلهم المساعدة خلال يومين وكي يستند ما نقوله للآخرين إلى حقائق.");

    public static LocalText Feedback(IEnumerable<string> languages) => In(languages,
        "Speak to any of our staff, use the box at the community centre, or write on the public page. We answer within seven days.",
        "Parlez à notre personnel, utilisez la boîte du centre communautaire ou écrivez sur la page publique. Nous répondons sous sept jours.",
        "تحدّث مع أي من موظفينا، أو استخدم الصندوق في المركز المجتمعي، أو اكتب في الصفحة العامة. نجيب خلال سبعة أيام.");

    public static NoticeText Notice(string language) => language switch
    {
        "ar" => Of("نعمل مع منظمة إنسانية مستقلة. لسنا جزءاً من أي سلطة.", "نريد أن نعرف ما يواجهه الناس هنا كي تصلهم المساعدة.", "اسمك إن رغبت، وعمرك وجنسك، وما حدث لك.",
            "فريق الحماية فقط. لا تُعطى لأي سلطة.", "إن كان طفل في خطر فعلينا إبلاغ من يحميه.", "المشاركة اختيارك، ويمكنك التوقف في أي وقت.", "لن تفقد أي مساعدة إذا قلت لا.",
            "نحتفظ بها حتى ستة أشهر بعد انتهاء العمل ثم تُتلف.", "يمكنك أن تعرف ما نحفظه عنك وأن تصححه أو تمحوه.", "بالرمز المكتوب على إيصالك في الصفحة العامة أو عبر موظفينا.", "هل توافق على المشاركة؟"),
        "fr" => Of("Nous travaillons pour une organisation humanitaire indépendante. Nous ne dépendons d’aucune autorité.", "Nous voulons savoir ce que les gens affrontent ici, pour que l’aide les atteigne.",
            "Votre nom si vous voulez, votre âge, votre sexe et ce qui s’est passé.", "Seulement l’équipe de protection. Rien n’est donné à une autorité.", "Si un enfant est en danger, nous devons prévenir ceux qui le protègent.",
            "C’est votre choix, et vous pouvez arrêter à tout moment.", "Vous ne perdez aucune aide en disant non.", "Six mois après la fin du travail, puis tout est détruit.",
            "Vous pouvez savoir ce que nous gardons, le corriger ou le faire effacer.", "Avec le code de votre reçu, sur la page publique, ou auprès de notre personnel.", "Acceptez-vous de participer ?"),
        _ => Of("We work for an independent humanitarian organisation. We are not part of any authority.", "We want to learn what people face here, so that help reaches them.",
            "Your name if you wish, your age and sex, and what happened to you.", "Only the protection team. It is given to no authority.", "If a child is in danger, we must tell those who protect children.",
            "It is your choice, and you can stop at any time.", "You lose no aid if you say no.", "Until six months after the work ends, then it is destroyed.",
            "You can ask what is held about you, and have it corrected or erased.", "With the code on your receipt on the public page, or through our staff.", "Do you agree to take part?"),
    };

    private static LocalText In(IEnumerable<string> languages, string english, string french, string arabic) =>
        new(languages.Select(l => new KeyValuePair<string, string>(l, l switch { "fr" => french, "ar" => arabic, _ => english })));

    private static NoticeText Of(params string[] parts) => new()
    {
        WhoAsks = parts[0], Purpose = parts[1], WhatIsCollected = parts[2], WhoWillSee = parts[3], LimitsOfConfidentiality = parts[4], Voluntary = parts[5],
        NoLossOfAid = parts[6], HowLongKept = parts[7], Rights = parts[8], HowToWithdrawOrComplain = parts[9], ConsentScript = parts[10],
    };
}
