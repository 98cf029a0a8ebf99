using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amana.Domain.Principles;
using Amana.Domain.Risk;
using Amana.Domain.Shared;

namespace Amana.Features.Risk;

/// <summary>
/// The JSON that the CNIL's PIA tool exports and imports (one object with <c>pia</c>, <c>answers</c>, <c>measures</c>, <c>evaluations</c>, <c>comments</c>; answers point to numbered questions).
/// The tool knows three feared events: illegitimate access (questions 321–326), unwanted change (331–336) and disappearance (341–346), each with lists of impacts, threats, sources and measures
/// and two gauges, 1 to 4. Ours are more: so each of our risks goes as a measure too, whose placeholder carries what the tool has no field for; coming back, nothing is lost.
/// Names of staff are not written: the file leaves the house.
/// </summary>
public static partial class PiaFile
{
    /// <summary>Longest file that is read.</summary>
    public const int MaxBytes = 2_000_000;

    private const string Mark = "amana-risk ";
    private const int Access = 320;
    private const int Change = 330;
    private const int Disappearance = 340;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The assessment with what the plan says, for the tool.</summary>
    /// <param name="s">The activity; its risk assessment must be written.</param>
    /// <param name="language">For texts that exist in several.</param>
    public static string Write(ActivitySnapshot s, string language)
    {
        var risk = s.Risk ?? throw new InvalidOperationException("There is no assessment to write.");
        var at = risk.WrittenAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var answers = new JsonArray();
        void Say(int question, string? text, int? gauge = null, IEnumerable<string>? list = null) => answers.Add(new JsonObject
        {
            ["id"] = answers.Count + 1, ["pia_id"] = 1, ["reference_to"] = question, ["created_at"] = at,
            ["data"] = new JsonObject { ["text"] = text, ["gauge"] = gauge, ["list"] = new JsonArray([.. (list ?? []).Select(l => (JsonNode?)JsonValue.Create(l))]) },
        });
        Plan(s, language, Say);
        foreach (var group in risk.Content.Risks.GroupBy(FearedEvent).OrderBy(g => g.Key))
            Feared(group.Key, [.. group], Say);
        var measures = new JsonArray([.. risk.Content.Risks.Select((r, i) => (JsonNode?)new JsonObject
        {
            ["id"] = i + 1, ["pia_id"] = 1, ["title"] = Title(r), ["content"] = r.Mitigation, ["placeholder"] = Mark + Packed(r), ["created_at"] = at,
        })]);
        return new JsonObject
        {
            ["pia"] = Head(s, risk, at), ["answers"] = answers, ["measures"] = measures, ["evaluations"] = new JsonArray(), ["comments"] = new JsonArray(),
        }.ToJsonString(Json);
    }

    private static JsonObject Head(ActivitySnapshot s, RiskAssessment risk, string at) => new()
    {
        ["id"] = 1, ["status"] = risk.State == RiskState.Approved ? 2 : 0, ["name"] = s.Activity.Title, ["category"] = s.Activity.Category.ToString(),
        ["author_name"] = s.Organisations.FirstOrDefault(o => o.Id == s.Activity.OrganisationId)?.Name ?? "", ["evaluator_name"] = "", ["validator_name"] = "",
        ["concerned_people_searched_opinion"] = risk.Content.OpinionOfPeople.Length > 0, ["concerned_people_opinion"] = risk.Content.OpinionOfPeople,
        ["concerned_people_status"] = risk.Content.OpinionOfPeople.Length > 0 ? 1 : 0, ["is_example"] = 0, ["is_archive"] = 0, ["created_at"] = at, ["updated_at"] = at,
    };

    private static void Plan(ActivitySnapshot s, string language, Action<int, string?, int?, IEnumerable<string>?> say)
    {
        var purpose = s.Purpose?.Content;
        say(111, purpose?.Statement.In(language), null, null);
        say(121, string.Join("\n", s.Elements.Select(e => $"{e.Name}: {e.Sensitivity}")), null, null);
        say(211, purpose is null ? null : string.Join("\n", purpose.Needs.Select(n => $"{n.Code} {n.Question}")), null, null);
        say(212, s.Notice is { } notice ? $"{notice.Content.Basis} {notice.Content.BasisReason}".Trim() : null, null, null);
        say(213, s.Purpose?.Proportionality?.Text, null, null);
        say(215, s.Activity.Retention is { } kept ? $"{kept.KeptUntil(s.Activity.Period):yyyy-MM-dd}, {kept.Then}. {kept.Reason}" : null, null, null);
        say(221, s.Notice?.Content.Texts.Values.FirstOrDefault()?.WhatIsCollected, null, null);
        say(222, s.Notice?.Content.Texts.Values.FirstOrDefault()?.ConsentScript, null, null);
        say(224, s.Notice?.Content.Texts.Values.FirstOrDefault()?.HowToWithdrawOrComplain, null, null);
        say(226, string.Join("\n", s.Agreements.Select(a => a.Title)), null, null);
    }

    private static void Feared(int first, IReadOnlyList<AssessedRisk> risks, Action<int, string?, int?, IEnumerable<string>?> say)
    {
        say(first + 1, null, null, risks.Select(r => r.Text));
        say(first + 2, null, null, risks.Select(r => r.Stage.ToString()).Distinct());
        say(first + 3, null, null, risks.Select(r => r.Harmed.ToString()).Distinct());
        say(first + 4, null, null, risks.Select(Title));
        say(first + 5, null, risks.Max(r => r.ResidualSeverity), null); // the tool asks with the measures in mind
        say(first + 6, null, risks.Max(r => r.ResidualLikelihood), null);
    }

    private static int FearedEvent(AssessedRisk risk) => risk.Stage switch
    {
        RiskStage.Use => Change,
        RiskStage.NotActing => Disappearance,
        _ => Access,
    };

    private static string Title(AssessedRisk r) => $"{r.Code} {r.Text}";

    private static string Packed(AssessedRisk r) => JsonSerializer.Serialize(r with { OwnerId = null, AcceptedBy = null }, Platform.Mapping.Json);

    /// <summary>Reads an assessment from a file of the tool. Owners, names under risks and the approval do not come along: they are given here. Markup is left out.</summary>
    /// <returns>The assessment with a review date of its own still to be set; refused when the file is none of the tool's or holds no risk.</returns>
    public static Outcome<RiskContent> Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > MaxBytes)
            return new Refusal("pia.too-large").At("Pia");
        try
        {
            var root = JsonNode.Parse(file, documentOptions: new JsonDocumentOptions { MaxDepth = 32 }) as JsonObject;
            if (root?["pia"] is not JsonObject pia)
                return new Refusal("pia.not-a-pia").At("Pia");
            var measures = Objects(root["measures"]);
            var ours = measures.Select(m => Text(m["placeholder"])).Where(p => p.StartsWith(Mark, StringComparison.Ordinal)).Select(p => JsonSerializer.Deserialize<AssessedRisk>(p[Mark.Length..], Platform.Mapping.Json)!).ToList();
            var risks = ours.Count > 0 ? Limited(ours) : Theirs(Objects(root["answers"]), measures);
            return risks.Count == 0
                ? new Refusal("pia.no-risk").At("Pia")
                : new RiskContent { Risks = risks, OpinionOfPeople = Cut(Plain(Text(pia["concerned_people_opinion"])), 4000) };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or NotSupportedException)
        {
            return new Refusal("pia.not-a-pia").At("Pia");
        }
    }

    private static List<AssessedRisk> Limited(List<AssessedRisk> risks) => [.. risks.Take(200).Where(r => Enum.IsDefined(r.Stage) && Enum.IsDefined(r.Harmed) && Enum.IsDefined(r.MitigationState)).DistinctBy(r => r.Code).Select(r => r with
    {
        Code = Cut(r.Code, 10), Text = Cut(r.Text, 1000), Mitigation = Cut(r.Mitigation, 1000), Evidence = Cut(r.Evidence, 500), OwnerId = null, AcceptedBy = null,
        Likelihood = OnGrid(r.Likelihood), Severity = OnGrid(r.Severity), ResidualLikelihood = OnGrid(r.ResidualLikelihood), ResidualSeverity = OnGrid(r.ResidualSeverity),
    })];

    /// <summary>One risk for each impact that the tool's authors named; its gauges are those of the feared event, before as after, because the tool keeps one pair.</summary>
    private static List<AssessedRisk> Theirs(List<JsonObject> answers, List<JsonObject> measures)
    {
        var risks = new List<AssessedRisk>();
        foreach (var (first, stage) in new[] { (Access, RiskStage.Storage), (Change, RiskStage.Use), (Disappearance, RiskStage.Storage) })
        {
            var (severity, likelihood) = (Gauge(answers, first + 5), Gauge(answers, first + 6));
            var done = List(answers, first + 4).Select(t => measures.FirstOrDefault(m => Text(m["title"]) == t) is { } m ? $"{t}: {Plain(Text(m["content"]))}" : t);
            var mitigation = Cut(string.Join("; ", done), 1000);
            foreach (var impact in List(answers, first + 1).Take(60))
                risks.Add(new AssessedRisk
                {
                    Code = "R" + (risks.Count + 1).ToString(CultureInfo.InvariantCulture), Text = Cut(impact, 1000), Stage = stage, Harmed = HarmedParty.Person, Mitigation = mitigation,
                    Likelihood = likelihood, Severity = severity, ResidualLikelihood = likelihood, ResidualSeverity = severity,
                });
        }

        return risks;
    }

    private static JsonObject? Answer(List<JsonObject> answers, int question) => answers.FirstOrDefault(a => Text(a["reference_to"]) == question.ToString(CultureInfo.InvariantCulture))?["data"] as JsonObject;

    private static IEnumerable<string> List(List<JsonObject> answers, int question) =>
        (Answer(answers, question)?["list"] as JsonArray ?? []).Select(n => Plain(Text(n))).Where(t => t.Length > 0);

    private static int Gauge(List<JsonObject> answers, int question) => OnGrid(int.TryParse(Text(Answer(answers, question)?["gauge"]), CultureInfo.InvariantCulture, out var value) ? value : 1);

    private static int OnGrid(int value) => Math.Clamp(value, 1, 4);

    private static List<JsonObject> Objects(JsonNode? node) => [.. (node as JsonArray ?? []).OfType<JsonObject>().Take(2000)];

    private static string Text(JsonNode? node) => node is JsonValue value ? value.ToString() : "";

    private static string Plain(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html, " ")), " ").Trim();

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
