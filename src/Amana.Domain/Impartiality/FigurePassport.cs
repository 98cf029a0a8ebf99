using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Domain.Impartiality;

/// <summary>What a figure stands on (IMP-4), so that whoever reads it can weigh it and whoever made it can make it again: n, base, method, coverage, uncertainty, limits, the query and the version of
/// the data. Counts only.</summary>
public sealed record FigurePassport
{
    /// <summary>n: records counted.</summary>
    public required int Records { get; init; }

    /// <summary>All who were asked: those counted, and those who said no.</summary>
    public required int Asked { get; init; }

    /// <summary>How people were chosen, as said beforehand; empty when it was not.</summary>
    public required string Method { get; init; }

    /// <summary>Records counted of all that the method plans, 0 and upwards; none when it plans no numbers.</summary>
    public required double? Coverage { get; init; }

    /// <summary>Who is missed, and what else limits it.</summary>
    public required string Limits { get; init; }

    /// <summary>What was counted, by what, for which need.</summary>
    public required string Query { get; init; }

    /// <summary>Which records in which versions: the same data has the same, other data another.</summary>
    public required string DataVersion { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Half the width of a 95 % interval of a share of one half, as if the people were a simple random sample; weights are not used. Where they are not a random sample it is the least there is.</summary>
    public double HalfWidth => Records == 0 ? 1 : 1.96 * Math.Sqrt(0.25 / Records);

    /// <summary>What the passport of any figure cannot say, because the method does not.</summary>
    public static IReadOnlyList<PassportPart> Unsaid(MethodContent? method) =>
    [
        .. string.IsNullOrWhiteSpace(method?.Selection) ? [PassportPart.Method] : Array.Empty<PassportPart>(),
        .. method?.Strata.Sum(s => s.Planned) is > 0 ? [] : new[] { PassportPart.Coverage },
        .. string.IsNullOrWhiteSpace(method?.WhoIsMissed) && string.IsNullOrWhiteSpace(method?.KnownLimits) ? [PassportPart.Limits] : Array.Empty<PassportPart>(),
    ];

    /// <param name="records">Ids and versions of the records counted.</param>
    /// <param name="refusals">People who said no.</param>
    /// <param name="method">The method said beforehand.</param>
    /// <param name="query">What was counted, by what, for which need.</param>
    /// <param name="at">When.</param>
    public static FigurePassport Of(IReadOnlyCollection<(Guid Id, int Version)> records, int refusals, MethodContent? method, string query, DateTimeOffset at) => new()
    {
        Records = records.Count, Asked = records.Count + refusals, Method = method?.Selection ?? "", At = at, Query = query,
        Coverage = method?.Strata.Sum(s => s.Planned) is > 0 and var planned ? records.Count / (double)planned : null,
        Limits = string.Join(" ", new[] { method?.WhoIsMissed, method?.KnownLimits }.Where(l => !string.IsNullOrWhiteSpace(l))),
        DataVersion = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', records.OrderBy(r => r.Id).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Id:N}/{r.Version}"))))))[..16],
    };
}

/// <summary>Parts of a figure's passport that come from the method said beforehand.</summary>
public enum PassportPart { Method, Coverage, Limits }
