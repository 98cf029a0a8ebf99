using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Principles;

/// <summary>Principle 4. Informed consent and confidentiality: nobody's data without their informed yes, confidentiality explained before the first question.</summary>
public static class InformedConsent
{
    public static Rule NoticeFirst { get; } = new("IC-1", Principle.InformedConsent, [PimStep.Implement], [Operation.Collect],
        "PIM Principles 2015, principle 4", s =>
        {
            if (s.Notice is not { } notice)
                return Verdict.Of(Gap("gap.no-notice", MendPage.Notice));
            var gaps = new List<Refusal>();
            foreach (var language in s.Activity.Languages)
            {
                if (!notice.Content.Texts.TryGetValue(language, out var text))
                    gaps.Add(Gap("gap.notice-language", MendPage.Notice).With("language", language));
                else
                    gaps.AddRange(text.MissingParts.Select(part => Gap("gap.notice-part", MendPage.Notice).With("language", language).With("part", part)));
            }

            gaps.AddRange(s.FormsInUse.Where(DataBeforeConsent).Select(f => Gap("gap.question-before-notice", MendPage.Form).With("form", f.Title)));
            return Verdict.Of(gaps);
        });

    public static Rule ConsentBeforeData { get; } = new("IC-2", Principle.InformedConsent, [PimStep.Implement], [Operation.Collect],
        "PIM Principles 2015, principle 4; ISO/IEC TS 27560:2023 (consent record)", s =>
        {
            if (s.Notice is not { } notice)
                return Verdict.Of(Gap("gap.no-notice", MendPage.Notice));
            if (notice.Content.Basis != LegalBasis.Consent)
                return Verdict.Of(string.IsNullOrWhiteSpace(notice.Content.BasisReason) ? Gap("gap.basis-without-reason", MendPage.Notice) : null);
            return s.FormsInUse.Count == 0
                ? Verdict.Of(Gap("gap.no-form", MendPage.Form))
                : Verdict.Of([
                    .. s.FormsInUse.Where(f => !f.Elements.Any(e => e.Ask == ConsentAsk.Participation)).Select(f => Gap("gap.consent-not-asked", MendPage.Form).With("form", f.Title)),
                    .. s.FormsInUse.Where(ConsentRules.LetsCaregiversSpeakUnasked).Select(f => Gap("gap.assent-not-asked", MendPage.Form).With("form", f.Title)),
                ]);
        });

    public static Rule SeparateYeses { get; } = new("IC-3", Principle.InformedConsent, [PimStep.Implement], [],
        "PIM Principles 2015, principle 4", s =>
        {
            if (s.FormsInUse.Count == 0)
                return Verdict.Of(Gap("gap.no-form", MendPage.Form));
            var asked = s.Elements.Where(e => e.Ask is not null).SelectMany(ConsentRules.PartsAsked).ToHashSet();
            var refers = s.SharingPlan?.Recipients.Any(r => r.Detail == SharingDetail.Referral) == true || s.Elements.Any(e => !string.IsNullOrWhiteSpace(e.UrgentNeed));
            var records = s.Elements.Any(e => e.Type is "image" or "audio" or "video" or "photo" or "background-audio");
            var returns = s.FormsInUse.Any(f => f.Entities.Count > 0); // whoever stands on a list of entries is looked for again
            Refusal? Needs(bool needed, ConsentAsk ask) => needed && !asked.Any(p => p.Ask == ask) ? Gap("gap.yes-not-separate", MendPage.Form).With("ask", ask.ToString()) : null;
            return Verdict.Of([
                Needs(s.ConsentScope.Recipients.Count > 0, ConsentAsk.Sharing), Needs(refers, ConsentAsk.Referral), Needs(records, ConsentAsk.PhotoAudio), Needs(returns, ConsentAsk.Recontact),
                .. Unasked(asked, ConsentAsk.Sharing, s.ConsentScope.Recipients.Select(ConsentPart.SharingWith)).Select(p => Gap("gap.recipient-not-asked", MendPage.Form)
                    .With("organisation", s.Organisations.FirstOrDefault(o => o.Id == p.Recipient)?.ShortName ?? "")),
                .. Unasked(asked, ConsentAsk.Referral, s.Elements.Where(e => !string.IsNullOrWhiteSpace(e.UrgentNeed)).Select(e => ConsentPart.ReferralTo(e.UrgentNeed!)).Distinct())
                    .Select(p => Gap("gap.service-not-asked", MendPage.Form).With("service", p.To!)),
            ]);
        });

    public static Rule NoMeansNo { get; } = new("IC-4", Principle.InformedConsent, [PimStep.Implement], [],
        "PIM Principles 2015, principle 4", s =>
        {
            if (s.Notice is { Content.Basis: not LegalBasis.Consent })
                return Verdict.NotApplicable("other-legal-basis");
            if (s.FormsInUse.Count == 0)
                return Verdict.Of(Gap("gap.no-form", MendPage.Form));
            var asks = s.Elements.Where(e => e.Ask == ConsentAsk.Participation).ToList();
            // A question that can only be answered with yes is not a question.
            return Verdict.Of(asks.Where(e => e.IsCoded && e.Choices.All(c => ConsentRules.IsYes(c.Code))).Select(e => Gap("gap.no-way-to-say-no", MendPage.Form).With("element", e.Name)));
        });

    public static Rule WithdrawalWorks { get; } = new("IC-5", Principle.InformedConsent, [PimStep.Implement], [],
        "PIM Principles 2015, principle 4", s =>
        {
            var untold = s.Activity.Languages.Where(l => s.Notice is null || !s.Notice.Content.Texts.TryGetValue(l, out var t) || string.IsNullOrWhiteSpace(t.HowToWithdrawOrComplain));
            var stuck = s.Collection is { WithdrawnNotErased: > 0, OldestWithdrawal: { } oldest } && oldest.AddDays(1) < s.Now;
            var overdue = s.RecipientNotices.Where(n => n.IsOverdue(s.Today)).ToList();
            var now = Verdict.Of([
                .. untold.Select(l => Gap("gap.withdrawal-not-told", MendPage.Notice).With("language", l)),
                stuck ? Gap("gap.withdrawn-not-erased", MendPage.Requests).With("count", Text.Of(s.Collection.WithdrawnNotErased)) : null,
                .. overdue.GroupBy(n => (n.RecipientId, Told: n.ToldAt is not null)).Select(g => Gap(g.Key.Told ? "gap.recipient-not-confirmed" : "gap.recipient-not-told", MendPage.Requests)
                    .With("organisation", s.Organisations.FirstOrDefault(o => o.Id == g.Key.RecipientId)?.ShortName ?? "").With("count", Text.Of(g.Count()))),
                s.Collection.Lapsed > 0 ? Gap("gap.consents-lapsed", MendPage.Consents).With("count", Text.Of(s.Collection.Lapsed)) : null,
            ]);
            return now.State == RuleState.Met ? SoonOf(s) : now;
        });

    /// <summary>What comes due within the notice: a recipient's day, or the day on which a consent lapses.</summary>
    private static Verdict SoonOf(ActivitySnapshot s)
    {
        var waiting = s.RecipientNotices.Where(n => n.ConfirmedAt is null).Select(n => (DateOnly?)n.DueOn).Min();
        var lapse = s.Collection.NextLapse;
        if (waiting is { } due && due <= s.Today.AddDays(s.Limits.NoticeDays) && (lapse is null || due <= lapse))
            return Verdict.DueSoon(due, Gap("gap.recipients-near", MendPage.Requests));
        return lapse is { } day && day <= s.Today.AddDays(s.Limits.NoticeDays) ? Verdict.DueSoon(day, Gap("gap.consents-near", MendPage.Consents)) : Verdict.Met;
    }

    /// <summary>The gate refuses identity to all other roles; here: that someone whose task needs it holds such a role, and that identifiers are marked as such.</summary>
    public static Rule ConfidentialByRole { get; } = new("IC-6", Principle.InformedConsent, [PimStep.Implement], [Operation.Open],
        "PIM Principles 2015, principle 4", s =>
            Verdict.Of([
                .. s.Elements.Where(e => e.Sensitivity is null).Select(e => Gap("gap.element-unclassified", MendPage.Form).With("element", e.Name)),
                s.Team.Any(t => t.IsBriefed && t.CountsFor(Operation.Open, s.Today)) ? null : Gap("gap.nobody-may-open", MendPage.Team),
            ]));

    public static IReadOnlyList<Rule> Rules { get; } = [NoticeFirst, ConsentBeforeData, SeparateYeses, NoMeansNo, WithdrawalWorks, ConfidentialByRole];

    /// <summary>Who is asked about by name neither on their own nor with all that are named, where the form asks about that kind at all.</summary>
    private static IEnumerable<ConsentPart> Unasked(HashSet<ConsentPart> asked, ConsentAsk ask, IEnumerable<ConsentPart> named) =>
        asked.Any(p => p.Ask == ask) && !asked.Contains(ask) ? named.Where(p => !asked.Contains(p)) : [];

    /// <summary>A question about the person stands before the question of participation.</summary>
    private static bool DataBeforeConsent(FormVersion form)
    {
        var consent = form.Elements.Select((e, i) => (e, i)).Where(x => x.e.Ask == ConsentAsk.Participation).Select(x => (int?)x.i).FirstOrDefault();
        return consent is { } at && form.Elements.Take(at).Any(e => !e.Computed && e.Ask is null && e.Sensitivity is Sensitivity.Identifier or Sensitivity.Sensitive or Sensitivity.QuasiIdentifier
            && e.Role is not (ElementRole.NoticeLanguage or ElementRole.Interviewer or ElementRole.InterviewDate or ElementRole.Place or ElementRole.ReceiptCode
                or ElementRole.ConsentGivenBy or ElementRole.ChildAssent or ElementRole.ConsentWitness or ElementRole.ConsentInterpreter));
    }

    private static Refusal Gap(string slug, MendPage page) => new Refusal(slug, Principle.InformedConsent)
        .MendedBy(page == MendPage.Form ? Mender.InformationManagementOfficer : Mender.ProtectionOfficer, page);
}
