using Amana.Domain.Consent;
using Amana.Domain.Shared;
using Amana.Web.Ui;

namespace Amana.Web.Consent;

/// <summary>Says a part of a consent in words, with the recipient or service that it names.</summary>
public static class ConsentWords
{
    public static string Part(this PageTexts texts, ConsentPart part, IReadOnlyDictionary<OrganisationId, string> organisations) =>
        part.To is not { } to ? texts.Word(part.Ask)
        : texts.Plain("consent.part", new { part = texts.Word(part.Ask), to = part.Recipient is { } recipient ? organisations.GetValueOrDefault(recipient, "") : to });
}
