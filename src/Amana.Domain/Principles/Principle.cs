namespace Amana.Domain.Principles;

/// <summary>The eight principles of protection information management, as agreed in May 2015
/// (Principles of Protection Information Management, first PIM Working Meeting), in their order.</summary>
public enum Principle
{
    PeopleCentred, DoNoHarm, DefinedPurpose, InformedConsent, DataProtection, Competency, Impartiality, Coordination,
}

/// <summary>The four steps of the PIM process and its end. Steps are sequential; what is done within one is not.</summary>
public enum PimStep { Assess, Design, Implement, Evaluate, Closed }

/// <summary>What is done with data about people while an activity runs.</summary>
public enum Operation
{
    /// <summary>Accept a new submission into the records.</summary>
    Collect,

    /// <summary>Show a record's identity or sensitive answers to a person.</summary>
    Open,

    /// <summary>Change a record: always a new version, with a reason.</summary>
    Amend,

    /// <summary>Compare or join people across records, activities or organisations.</summary>
    Link,

    /// <summary>Compute and show figures.</summary>
    Analyse,

    /// <summary>Pass a person to a service.</summary>
    Refer,

    /// <summary>Let data leave: export, share, publish, API, feed, offline copy.</summary>
    Release,

    /// <summary>Dispose of data: at expiry, on request, on withdrawal. Never blocked by a rule.</summary>
    Erase,
}
