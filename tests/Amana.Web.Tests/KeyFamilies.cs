namespace Amana.Web.Tests;

/// <summary>Beginnings of keys that code puts together from a value; all other keys are written out somewhere.</summary>
internal static class KeyFamilies
{
    public static readonly string[] Prefixes =
    [
        "agreements.wait.", // by what an agreement waits for
        "compatible.part.", // by what is weighed
        "bias.kind.",   // by kind of finding
        "done.",        // by what was done
        "error.",       // by HTTP status
        "form-phones.given.", // by the form's state
        "form-phones.set.",   // by the state to set
        "finding.",     // by rule of the form review
        "fill.engine.", // by word of the form engine
        "guide.group.", // by group
        "certificate.", // by count that a certificate freezes
        "import.problem.", // by what does not fit
        "ledger.actor.", // by kind of actor
        "ledger.kind.", // by what happened
        "limit.",       // by limit of the operation
        "mender.",      // by who can mend a gap
        "mendpage.",    // by the page that mends it
        "notapplicable.", // by the reason a rule does not apply
        "keys.next.",   // by what is to be done first
        "keys.root.",   // by how the root key is kept
        "operation.",   // by operation on data
        "place.",       // by page of an activity
        "principle.",   // by principle
        "rail.",        // by a step's state
        "protocol.suggested.", // by level
        "records.filled.", // by what the phone fills in by itself
        "registry.",    // by column of the registry
        "refusal.",     // by a refusal's slug
        "rule.",        // by rule
        "rulestate.",   // by a rule's answer, in full
        "rules.open.why.", // by step
        "state.",       // by a rule's answer
        "step.",        // by step
        "vocabulary.",  // by word and value
    ];
}
