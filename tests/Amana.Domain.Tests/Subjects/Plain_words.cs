using Amana.Domain.Consent;

namespace Amana.Domain.Tests;

[Proves("IC-1")]
public sealed class Plain_words
{
    private static PlainReport Of(string purpose, string language = "en") => PlainLanguage.Of(language, GivenPlans.NoticeText() with { Purpose = purpose });

    [Fact]
    public void Need_every_part_short_parts_and_short_sentences()
    {
        Assert.Empty(Of("To make paths safer.").Findings);
        Assert.Contains(Of("").Findings, f => f is { Problem: PlainProblem.PartMissing, Part: "Purpose" });
        Assert.Contains(Of(string.Join(' ', Enumerable.Repeat("we go", 11))).Findings, f => f is { Problem: PlainProblem.SentenceTooLong, Part: "Purpose", Value: 22 });
        Assert.DoesNotContain(Of(string.Join(". ", Enumerable.Repeat("we go", 11))).Findings, f => f.Problem == PlainProblem.SentenceTooLong);
        Assert.Contains(Of(string.Join(". ", Enumerable.Repeat("we go", 31))).Findings, f => f is { Problem: PlainProblem.PartTooLong, Value: 62 });
        Assert.Contains(Of(string.Join(". ", Enumerable.Repeat("we go", 300))).Findings, f => f is { Problem: PlainProblem.WholeTooLong, Part: null });
    }

    [Theory]
    [InlineData("en", "The institutional confidentiality considerations necessitate proportionate administrative authorisation procedures.")]
    [InlineData("fr", "Les considérations institutionnelles de confidentialité nécessitent une autorisation administrative proportionnée.")]
    [InlineData("es", "Las consideraciones institucionales de confidencialidad requieren procedimientos administrativos de autorización proporcionados.")]
    public void Are_told_from_hard_ones_by_the_measure_of_the_language(string language, string hard)
    {
        PlainReport With(string words) => PlainLanguage.Of(language, new NoticeText
        {
            WhoAsks = words, Purpose = words, WhatIsCollected = words, WhoWillSee = words, LimitsOfConfidentiality = words, Voluntary = words, NoLossOfAid = words, HowLongKept = words, Rights = words,
            HowToWithdrawOrComplain = words, ConsentScript = words,
        });
        Assert.Contains(With(hard).Findings, f => f.Problem == PlainProblem.HardToRead);
        Assert.True(With("Sí. Oui. No. We go.").ReadingEase > With(hard).ReadingEase);
    }

    [Fact]
    public void Have_no_invented_measure_in_Arabic()
    {
        var report = Of("نسأل لنجعل الطريق آمنًا.", "ar");
        Assert.Null(report.ReadingEase);
        Assert.True(report is { Words: > 20, SecondsAloud: > 10 });
    }
}
