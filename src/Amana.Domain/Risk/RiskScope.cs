using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Activities;
using Amana.Domain.Shared;

namespace Amana.Domain.Risk;

/// <summary>What a risk assessment was approved for, piece by piece: place, population, recipients and sensitive questions. What is not in it has not been looked at,
/// and is held until it is (DNH-4). Fewer of them reopens nothing.</summary>
public sealed record RiskScope
{
    public static RiskScope Nothing { get; } = new();

    /// <summary>The place's code.</summary>
    public string Place { get; init; } = "";

    public IReadOnlyList<PopulationGroup> Population { get; init; } = [];
    public IReadOnlyList<OrganisationId> Recipients { get; init; } = [];

    /// <summary>Names of questions that are identifiers, sensitive, or of a special category.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>A hash of all of it, for the ledger.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        [Place, .. Population.Order().Select(p => p.ToString()), .. Recipients.Select(r => r.Value.ToString("N")).Order(StringComparer.Ordinal), .. Questions.Order(StringComparer.Ordinal)]))));
}
