using Amana.Domain.Competency;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests.SecondReading;

/// <summary>A second reading of the catalogue of principles, written as plainly as it can be and sharing nothing with the gate: it never looks at a snapshot, only at what the
/// made-up world was told to be. Where the two disagree, one of them misread the catalogue.</summary>
internal static class NaiveGate
{
    /// <summary>Which rule stands guard over which operation, read off the catalogue.</summary>
    private static readonly Dictionary<Operation, string[]> Guards = new()
    {
        [Operation.Collect] = ["DP-2", "DP-6", "IC-1", "IC-2", "SEC-2", "SEC-3", "DNH-2", "DNH-4", "CC-1"],
        [Operation.Open] = ["DP-4", "IC-6", "SEC-2", "SEC-3"],
        [Operation.Amend] = [],
        [Operation.Link] = ["DP-4", "SEC-7", "DNH-2", "DNH-4", "DNH-4 for what moves data"],
        [Operation.Analyse] = ["DP-4"],
        [Operation.Refer] = ["DNH-2", "DNH-4", "DNH-5"],
        [Operation.Release] = ["DP-4", "SEC-3", "SEC-7", "SEC-8", "DNH-2", "DNH-4", "DNH-4 for what moves data", "CO-5", "IMP-5"],
        [Operation.Erase] = [],
    };

    public static bool Permits(World world, Asked asked)
    {
        if (asked.Operation == Operation.Erase)
            return asked.Who is ActorKind.House or ActorKind.Person || asked.IsFocalPoint;
        if (world.Has("the activity is frozen") || (world.Has("the protection officer is frozen") && asked.Staff == Given.ProtectionOfficer))
            return false;
        return StepIsRight(world.Step, asked.Operation) && HasTheRole(world, asked) && CitesAPurpose(world, asked) && TheYesStands(asked) && !Guards[asked.Operation].Any(world.IsBroken);
    }

    private static bool StepIsRight(PimStep step, Operation operation)
    {
        if (operation == Operation.Collect)
            return step == PimStep.Implement;
        return step == PimStep.Implement || step == PimStep.Evaluate;
    }

    private static bool HasTheRole(World world, Asked asked)
    {
        if (asked.Who == ActorKind.House)
            return asked.Operation == Operation.Collect;
        if (asked.Who == ActorKind.Person || asked.Staff is null)
            return false;
        foreach (var seat in world.Seats)
            if (seat.Who == asked.Staff && !seat.Ended && !seat.LeftTheOrganisation && !seat.HasInterest && seat.Briefed && seat.EvidenceIsCurrent && MayDo(seat.Role, asked.Operation))
                return true;
        return false;
    }

    private static bool MayDo(TeamRole role, Operation operation) => role switch
    {
        TeamRole.Enumerator => operation == Operation.Collect,
        TeamRole.CaseWorker => operation is Operation.Collect or Operation.Open or Operation.Amend or Operation.Refer,
        TeamRole.ProtectionOfficer => operation is Operation.Collect or Operation.Open or Operation.Amend or Operation.Refer or Operation.Analyse or Operation.Release,
        TeamRole.InformationManagementOfficer => operation is Operation.Link or Operation.Analyse or Operation.Release,
        _ => false,
    };

    private static bool CitesAPurpose(World world, Asked asked)
    {
        if (asked.Operation is Operation.Collect or Operation.Amend or Operation.Refer)
            return true;
        return asked.Need == "N1" && !world.Has("purpose never stated");
    }

    private static bool TheYesStands(Asked asked)
    {
        if (asked.Yes is not { } yes)
            return true; // no single record is touched
        if (yes.Withdrawn || yes.Lapsed || yes.OfAnotherActivity)
            return false;
        if (asked.Operation == Operation.Release)
            return yes.ToTheNeed && asked.To is "partner" or "stranger" && yes.SharedWith.Contains(asked.To!);
        if (asked.Operation == Operation.Refer)
            return asked.To is "care" or "legal aid" && yes.ReferredTo.Contains(asked.To!);
        return yes.ToTheNeed || asked.Operation is Operation.Collect or Operation.Amend;
    }
}

/// <summary>What is asked, in plain words.</summary>
internal sealed record Asked(ActorKind Who, StaffId? Staff, bool IsFocalPoint, Operation Operation, string? Need)
{
    /// <summary>What the person concerned said; none where no single record is touched.</summary>
    public Said? Yes { get; init; }

    /// <summary>Whom the record goes to: "partner", "stranger", "care", "legal aid", or nobody named.</summary>
    public string? To { get; init; }
}

/// <summary>What one person said yes to, in plain words.</summary>
internal sealed record Said(IReadOnlyList<string> SharedWith, IReadOnlyList<string> ReferredTo)
{
    public bool Withdrawn { get; init; }
    public bool Lapsed { get; init; }
    public bool OfAnotherActivity { get; init; }

    /// <summary>The need that is cited was told to the person.</summary>
    public bool ToTheNeed { get; init; } = true;
}

/// <summary>One seat of the team, in plain words.</summary>
internal sealed record Seated(TeamRole Role, StaffId Who)
{
    public bool Ended { get; init; }
    public bool LeftTheOrganisation { get; init; }
    public bool HasInterest { get; init; }
    public bool Briefed { get; init; } = true;
    public bool EvidenceIsCurrent { get; init; } = true;
    public bool Counts => !Ended && !LeftTheOrganisation && !HasInterest && EvidenceIsCurrent;
}
