using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amana.Domain.Consent;

namespace Amana.Features.Rights;

/// <summary>What a person takes away as a file: the consent receipt after ISO/IEC TS 27560:2023 in the terms of the Data Privacy Vocabulary, as JSON-LD; and the copy of what is held, as JSON.
/// Neither holds a name, nor an answer, nor the code.</summary>
public static class ConsentDocuments
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The receipt. States are dpv:ConsentStatus concepts, the record's times and notice those of 27560.</summary>
    public static string Receipt(AccessCopy copy, string language)
    {
        var c = copy.Consent;
        return new JsonObject
        {
            ["@context"] = new JsonObject { ["dpv"] = "https://w3id.org/dpv#", ["dct"] = "http://purl.org/dc/terms/", ["xsd"] = "http://www.w3.org/2001/XMLSchema#" },
            ["@type"] = "dpv:ConsentReceipt",
            ["dct:conformsTo"] = "ISO/IEC TS 27560:2023",
            ["dct:created"] = Time(copy.MadeAt),
            ["dct:language"] = language,
            ["dct:publisher"] = copy.Organisation,
            ["dpv:hasRecordOfActivity"] = new JsonObject
            {
                ["@type"] = "dpv:ConsentRecord",
                ["dct:identifier"] = "urn:uuid:" + c.Id.Value.ToString("D"),
                ["dpv:hasDataSubject"] = new JsonObject { ["@id"] = "urn:uuid:" + c.PersonId.Value.ToString("D"), ["@type"] = "dpv:DataSubject" },
                ["dpv:hasDataController"] = copy.Organisation,
                ["dpv:hasLegalBasis"] = Basis(c.Basis),
                ["dpv:hasNotice"] = new JsonObject { ["@type"] = "dpv:ConsentNotice", ["dct:identifier"] = "sha-256:" + c.NoticeHash, ["dct:language"] = c.Language },
                ["dpv:hasPurpose"] = new JsonArray([.. copy.Needs.Select(n => (JsonNode)n.Question).DefaultIfEmpty(copy.Purpose.In(language))]),
                ["dpv:hasPersonalData"] = copy.Notice?.WhatIsCollected ?? "",
                ["dpv:hasStorageCondition"] = copy.KeptUntil is { } until ? new JsonObject { ["@type"] = "dpv:StorageDuration", ["dct:valid"] = Day(until) } : null,
                ["dpv:hasConsentStatus"] = States(copy, c),
                ["dpv:hasExpiryTime"] = c.ExpiresOn is { } last ? Day(last) : null,
                ["dpv:isIndicatedBy"] = c.GivenBy == ConsentGiver.Self ? "dpv:DataSubject" : "dpv:AuthorisedRepresentative",
                ["dpv:hasIndicationMethod"] = c.Means.ToString(),
                ["dpv:hasConsentControl"] = new JsonObject { ["@type"] = "dpv:WithdrawConsent", ["dct:description"] = copy.Notice?.HowToWithdrawOrComplain ?? "" },
                ["dpv:hasRecipient"] = new JsonArray([.. c.Yeses.Where(y => y.Recipient is not null).Select(y => (JsonNode)copy.Organisations.GetValueOrDefault(y.Recipient!.Value, ""))]),
                ["dpv:hasScope"] = new JsonArray([.. c.Yeses.Select(y => (JsonNode)y.Ask.ToString()).Distinct()]),
            },
        }.ToJsonString(Written);
    }

    /// <summary>The copy of what is held, for another program to read.</summary>
    public static string Copy(AccessCopy copy, string language) => new JsonObject
    {
        ["activity"] = copy.Activity, ["organisation"] = copy.Organisation, ["madeAt"] = Time(copy.MadeAt), ["purpose"] = copy.Purpose.In(language),
        ["needs"] = new JsonArray([.. copy.Needs.Select(n => (JsonNode)new JsonObject { ["code"] = n.Code, ["question"] = n.Question })]),
        ["whatIsCollected"] = copy.Notice?.WhatIsCollected, ["whoWillSee"] = copy.Notice?.WhoWillSee, ["keptUntil"] = copy.KeptUntil is { } until ? Day(until) : null,
        ["consent"] = new JsonObject
        {
            ["state"] = copy.State.ToString(), ["basis"] = copy.Consent.Basis.ToString(), ["givenAt"] = Time(copy.Consent.GivenAt), ["givenBy"] = copy.Consent.GivenBy.ToString(),
            ["means"] = copy.Consent.Means.ToString(), ["witness"] = copy.Consent.Witness.ToString(), ["interpreter"] = copy.Consent.Interpreter.ToString(), ["language"] = copy.Consent.Language,
            ["notice"] = copy.Consent.NoticeHash, ["expiresOn"] = copy.Consent.ExpiresOn is { } last ? Day(last) : null, ["yeses"] = new JsonArray([.. copy.Consent.Yeses.Select(y => (JsonNode)y.ToString())]),
        },
        ["records"] = new JsonArray([.. copy.Records.Select(r => (JsonNode)Day(r))]), ["sealedParts"] = copy.SealedBoxes,
        ["touchedBy"] = new JsonArray([.. copy.Touches.Select(t => (JsonNode)new JsonObject { ["at"] = Time(t.At), ["what"] = t.Kind, ["actor"] = t.Role?.ToString() ?? t.Actor, ["need"] = t.Need })]),
        ["receivedBy"] = new JsonArray([.. copy.Releases.Select(r => (JsonNode)new JsonObject { ["organisation"] = r.Organisation, ["on"] = Day(r.On) })]),
        ["requests"] = new JsonArray([.. copy.Requests.Select(r => (JsonNode)new JsonObject
        {
            ["kind"] = r.Kind.ToString(), ["receivedAt"] = Time(r.ReceivedAt), ["dueOn"] = Day(r.DueOn), ["outcome"] = r.Outcome?.ToString(), ["because"] = r.Because?.ToString(),
        })]),
    }.ToJsonString(Written);

    private static JsonArray States(AccessCopy copy, PersonConsent c)
    {
        var first = new JsonObject { ["@type"] = Status(c.Events.Count == 0 && c.State == ConsentState.Unknown ? ConsentState.Unknown : ConsentState.Given), ["dct:date"] = Time(c.GivenAt) };
        var states = new JsonArray([first, .. c.Events.Select(e => (JsonNode)new JsonObject { ["@type"] = Status(e.State), ["dct:date"] = Time(e.At) })]);
        if (copy.State == ConsentState.Expired && c.ExpiresOn is { } last)
            states.Add(new JsonObject { ["@type"] = Status(ConsentState.Expired), ["dct:date"] = Day(last.AddDays(1)) });
        return states;
    }

    /// <summary>The concept of dpv:ConsentStatus.</summary>
    public static string Status(ConsentState state) => state switch
    {
        ConsentState.Renewed => "dpv:RenewedConsentGiven",
        _ => "dpv:Consent" + state,
    };

    private static string Basis(LegalBasis basis) => basis switch
    {
        LegalBasis.VitalInterest => "dpv:VitalInterest",
        LegalBasis.PublicInterest => "dpv:PublicInterest",
        LegalBasis.LegalObligation => "dpv:LegalObligation",
        LegalBasis.LegitimateInterest => "dpv:LegitimateInterest",
        _ => "dpv:InformedConsent",
    };

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static string Day(DateOnly on) => on.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
