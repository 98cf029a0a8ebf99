using Amana.Domain.Accounts;
using Amana.Domain.Competency;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Authorization;

namespace Amana.Web.SetUp;

/// <summary>The given answers of the set-up pages, with the keys of their words.</summary>
public static class SetUpChoices
{
    public static IReadOnlyList<Choice> Kinds { get; } = Of<OrganisationKind>();

    public static IReadOnlyList<Choice> Duties { get; } = [.. Enum.GetNames<Duty>().Select(n => new Choice(n, "vocabulary.Duty." + n, $"vocabulary.Duty.{n}.hint"))];

    public static IReadOnlyList<Choice> Competencies { get; } = Of<CompetencyCode>();

    public static IReadOnlyList<Choice> Levels { get; } = Of<CompetencyLevel>();

    private static List<Choice> Of<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(n => new Choice(n, $"vocabulary.{typeof(T).Name}.{n}"))];
}

/// <summary>Lets administrators and data protection focal points in; the use cases ask the same again.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepsTheHouseAttribute : AuthorizeAttribute
{
    public const string PolicyName = "keeps-the-house";

    public KeepsTheHouseAttribute()
        : base(PolicyName)
    {
    }

    /// <summary>The policy: one of the two duties.</summary>
    public static void Require(AuthorizationPolicyBuilder policy) =>
        policy.RequireClaim(SignedIn.DutyClaim, nameof(Duty.Administrator), nameof(Duty.DataProtectionFocalPoint));
}
