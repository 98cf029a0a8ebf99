using System.Text.Json;
using System.Text.Json.Serialization;
using Amana.Domain.Forms;
using Amana.Domain.Shared;

namespace Amana.Domain.Consent;

/// <summary>One separate yes (IC-3): what it is for and, for sharing and referral, to whom. A yes to one recipient or service says nothing of another.</summary>
/// <param name="Ask">What was asked.</param>
/// <param name="To">For sharing the recipient's id, for referral the kind of service; none where nobody was named, which permits no recipient and no service.</param>
[JsonConverter(typeof(ConsentPartJson))]
public readonly record struct ConsentPart(ConsentAsk Ask, string? To = null)
{
    public static implicit operator ConsentPart(ConsentAsk ask) => new(ask);

    public static ConsentPart SharingWith(OrganisationId recipient) => new(ConsentAsk.Sharing, recipient.Value.ToString("N"));

    public static ConsentPart ReferralTo(string kindOfService) => new(ConsentAsk.Referral, Folded(kindOfService));

    /// <summary>The recipient of a yes to sharing; none for all else.</summary>
    public OrganisationId? Recipient => Ask == ConsentAsk.Sharing && Guid.TryParse(To, out var id) ? new OrganisationId(id) : null;

    /// <summary>Taking back "sharing" takes back every sharing; taking back one recipient takes back that one alone.</summary>
    public bool Covers(ConsentPart other) => Ask == other.Ask && (To is null || To == other.To);

    /// <summary>Such as <c>Recontact</c> or <c>Referral:health</c>; read back by <see cref="TryParse"/>.</summary>
    public override string ToString() => To is null ? Ask.ToString() : $"{Ask}:{To}";

    public static bool TryParse(string? text, out ConsentPart part)
    {
        var words = (text ?? "").Split(':', 2);
        part = default;
        if (!Enum.TryParse<ConsentAsk>(words[0], out var ask) || ask.ToString() != words[0] || (words.Length == 2 && Folded(words[1]).Length == 0))
            return false;
        part = new ConsentPart(ask, words.Length == 2 ? Folded(words[1]) : null);
        return true;
    }

    /// <summary>Kinds of service are compared without case and outer spaces, and hold no space, so that a list of parts can be read back.</summary>
    internal static string Folded(string to) => string.Join('_', to.Trim().ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Writes a part as one word.</summary>
public sealed class ConsentPartJson : JsonConverter<ConsentPart>
{
    public override ConsentPart Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ConsentPart.TryParse(reader.GetString(), out var part) ? part : throw new JsonException("No part of a consent.");

    public override void Write(Utf8JsonWriter writer, ConsentPart value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>What a consent can reach at the moment it is given: the recipients and services that the activity names, and the needs that its purpose states. What is added later is not
/// covered and is asked anew (DP-4).</summary>
public sealed record ConsentScope(IReadOnlyList<OrganisationId> Recipients, IReadOnlyList<string> Services, IReadOnlyList<string> Needs)
{
    public static ConsentScope None { get; } = new([], [], []);

    /// <summary>A yes to sharing or referral in general becomes a yes to each that is named now; without any it stays as it is and permits nobody.</summary>
    internal IEnumerable<ConsentPart> Named(IReadOnlyList<ConsentPart> yeses, IReadOnlyList<ConsentPart> noes) => yeses.SelectMany(y => y switch
    {
        { Ask: ConsentAsk.Sharing, To: null } when Recipients.Count > 0 => Recipients.Select(ConsentPart.SharingWith),
        { Ask: ConsentAsk.Referral, To: null } when Services.Count > 0 => Services.Select(ConsentPart.ReferralTo),
        _ => [y],
    }).Where(y => !noes.Contains(y)).Distinct();
}
