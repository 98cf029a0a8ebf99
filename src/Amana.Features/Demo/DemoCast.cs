using Amana.Domain.Accounts;
using Amana.Domain.Competency;

namespace Amana.Features.Demo;

/// <summary>Somebody made up who works in the demo.</summary>
public sealed record CastMember(string Key, string Name, int Organisation, IReadOnlyList<Duty> Duties, IReadOnlyList<TeamRole> Trained, string Does)
{
    public string Email => Key + "@demo.example";
}

/// <summary>The made-up organisations and staff of the demo.</summary>
public static class DemoCast
{
    public static IReadOnlyList<(string Name, string ShortName, OrganisationKind Kind, bool Accepts)> Organisations { get; } =
    [
        ("Lantern Protection Network", "LPN", OrganisationKind.InternationalNgo, true),
        ("Olive Branch Relief", "OBR", OrganisationKind.NationalNgo, true),
        ("Harbour Legal Aid", "HLA", OrganisationKind.NationalNgo, true),
        ("Cedar Health Trust", "CHT", OrganisationKind.Other, true), // nobody of it works in the house
    ];

    public static IReadOnlyList<CastMember> Members { get; } =
    [
        new("admin", "Rania Sahl", 0, [Duty.Administrator], [], "administrator"),
        new("protection", "Samir Nahri", 0, [], [TeamRole.ProtectionOfficer, TeamRole.CaseWorker], "protection officer"),
        new("im", "Noor Wadi", 0, [], [TeamRole.InformationManagementOfficer], "information-management officer"),
        new("focal", "Clémence Dellamare", 0, [Duty.DataProtectionFocalPoint], [TeamRole.ProtectionOfficer], "data protection focal point"),
        new("coordination", "Daryna Richkova", 1, [Duty.Coordinator], [TeamRole.Coordinator, TeamRole.InformationManagementOfficer], "coordinator of several agencies"),
        new("caseworker", "Hanna Meda", 0, [], [TeamRole.CaseWorker], "case worker"),
        new("interviewer1", "Yusra Kamari", 0, [], [TeamRole.Enumerator], "interviewer"),
        new("interviewer2", "Idris Benwadi", 1, [], [TeamRole.Enumerator], "interviewer"),
        new("legal", "Émile Harbour", 2, [], [TeamRole.ProtectionOfficer, TeamRole.CaseWorker], "partner's protection officer"),
        new("partner", "Leila Harboun", 2, [Duty.Coordinator], [], "partner's coordinator, who answers agreements"),
    ];

    public static IReadOnlyList<DemoSignIn> SignIns { get; } = [.. Members.Select(m => new DemoSignIn(m.Email, m.Does))];
}
