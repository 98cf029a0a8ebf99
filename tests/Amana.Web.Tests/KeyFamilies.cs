namespace Amana.Web.Tests;

/// <summary>Beginnings of keys that code puts together from a value; all other keys are written out somewhere.</summary>
internal static class KeyFamilies
{
    public static readonly string[] Prefixes =
    [
        "error.",       // by HTTP status
        "guide.group.", // by group
        "place.",       // by page of an activity
        "principle.",   // by principle
        "rail.",        // by a step's state
        "refusal.",     // by a refusal's slug
        "state.",       // by a rule's answer
        "step.",        // by step
    ];
}
