using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.Features.Risk;
using Amana.Features.Templates;
using Amana.Features.Vocabularies;

namespace Amana.Features.Tests.Templates;

public sealed class A_template
{
    public static TheoryData<string> Codes => [.. TemplateShelf.All.Select(t => t.Code)];

    [Fact]
    public void Exists_for_every_category_and_for_sudden_onset()
    {
        Assert.Equal(Enum.GetValues<MatrixCategory>(), TemplateShelf.All.Where(t => !t.Short).Select(t => t.Category).Order());
        Assert.Equal("sudden-onset", Assert.Single(TemplateShelf.All, t => t.Short).Code);
    }

    [Theory, MemberData(nameof(Codes))]
    public void Has_a_form_without_errors_or_serious_findings_in_four_languages(string code)
    {
        var template = TemplateShelf.Find(code)!;
        var read = XlsFormUpload.Read(TemplateForms.Of(template, TemplateShelf.Languages), code + ".xlsx", "en");
        Assert.True(read.IsDone, string.Join("; ", read.Refusals.Select(r => r.Args.GetValueOrDefault("message"))));
        Assert.Equal(TemplateShelf.Languages.Order(StringComparer.Ordinal), read.Result.Languages.Order(StringComparer.Ordinal));
        Assert.Empty(read.Result.MissingTexts);
        Assert.Empty(read.Result.Findings.Where(f => f.Weight == ReviewWeight.Serious).Select(f => f.Key));
    }

    [Theory, MemberData(nameof(Codes))]
    public void Asks_consent_first_and_counts_people_in_their_diversity(string code)
    {
        var template = TemplateShelf.Find(code)!;
        var read = XlsFormUpload.Read(TemplateForms.Of(template, ["en"]), code + ".xlsx", "en").Result;
        var classified = StarterForm.Classify(template, read.Elements);
        Assert.All(classified, c => Assert.NotNull(c.Sensitivity));
        Assert.Contains(classified, c => c.Ask == ConsentAsk.Participation);
        Assert.Contains(classified, c => c.Ask == ConsentAsk.Sharing);
        Assert.Equal(template.UrgentNeeds.Any(), classified.Any(c => c.Ask == ConsentAsk.Referral));
        Assert.Equal(6, classified.Count(c => c.Role is >= ElementRole.DifficultySeeing and <= ElementRole.DifficultyCommunicating));
        Assert.Contains(classified, c => c.Role == ElementRole.Sex);
        Assert.Contains(classified, c => c.Role is ElementRole.Age or ElementRole.AgeGroup);
        Assert.Equal(template.Identity, classified.Any(c => c.Sensitivity == Sensitivity.Identifier));
        Assert.Equal(template.UrgentNeeds.Order(StringComparer.Ordinal), classified.Select(c => c.UrgentNeed).OfType<string>().Distinct().Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Codes))]
    public void Speaks_four_languages_and_covers_every_stage_of_risk(string code)
    {
        var t = TemplateShelf.Find(code)!;
        LocalText[] words =
        [
            t.Name, t.About, t.Purpose, t.ProtectionOutcome, t.CategoriesOfPeople, t.OutOfScope, t.WhatIsCollected, t.RetentionReason, t.NotSharedBecause, .. t.Decisions.Select(d => d.Text),
            .. t.Needs.Select(n => n.Question), .. t.Questions.Select(q => q.Label), .. t.Lists.Values.SelectMany(l => l).Select(c => c.Label),
        ];
        Assert.All(words, w => Assert.Empty(w.MissingIn(TemplateShelf.Languages)));
        Assert.Equal(Enum.GetValues<RiskStage>(), t.Risks.Select(r => RiskLibrary.Find(r)!.Stage).Distinct().Order());
        Assert.All(t.Needs, n => Assert.Contains(t.Decisions, d => d.Code == n.Decision));
        Assert.All(t.Questions, q => Assert.Contains(t.Needs, n => n.Code == q.Need));
        Assert.All(t.UrgentNeeds, u => Assert.NotNull(VocabularyShelf.Find("service-kinds")!.Term(u)));
    }

    [Theory, MemberData(nameof(Codes))]
    public void Is_there_as_a_file_too(string code)
    {
        var file = Path.Combine(Root(), "samples", "templates", code + ".xlsx");
        var written = TemplateForms.Of(TemplateShelf.Find(code)!, TemplateShelf.Languages);
        if (Environment.GetEnvironmentVariable("AMANA_WRITE_DOCS") == "1")
            File.WriteAllBytes(file, written);
        // Compared as forms: compression may differ from one runtime to the next.
        Assert.Equal(XlsFormUpload.Read(written, "x.xlsx", "en").Result.XForm, XlsFormUpload.Read(File.ReadAllBytes(file), "x.xlsx", "en").Result.XForm);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Amana.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

public sealed class The_risk_library
{
    [Fact]
    public void Names_harm_to_everybody_at_every_stage_and_of_not_acting()
    {
        Assert.Equal(Enum.GetValues<RiskStage>(), RiskLibrary.All.Select(r => r.Stage).Distinct().Order());
        Assert.Equal(Enum.GetValues<HarmedParty>(), RiskLibrary.All.Select(r => r.Harmed).Distinct().Order());
        Assert.Equal(RiskLibrary.All.Count, RiskLibrary.All.Select(r => r.Code).Distinct().Count());
        Assert.All(RiskLibrary.All, r =>
        {
            Assert.Empty(r.Text.MissingIn(TemplateShelf.Languages).Concat(r.Mitigation.MissingIn(TemplateShelf.Languages)));
            Assert.All(new[] { r.Likelihood, r.Severity, r.ResidualLikelihood, r.ResidualSeverity }, n => Assert.InRange(n, 1, 4));
            Assert.True(r.ResidualLikelihood * r.ResidualSeverity < r.Likelihood * r.Severity, r.Code);
        });
    }
}
