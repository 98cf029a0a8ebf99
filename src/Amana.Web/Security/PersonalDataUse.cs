namespace Amana.Web.Security;

/// <summary>What an endpoint does with data about people. Every page and endpoint declares one use; an undeclared one fails a test.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = true)]
public abstract class PersonalDataUseAttribute : Attribute
{
    /// <summary>The kinds of data concerned, in the field's words: identity, contact, narrative, health, legal, files, coded answers.</summary>
    public IReadOnlyList<string> Kinds { get; protected init; } = [];
}

/// <summary>Shows or hands out data about people. It goes through the gate and the ledger before the answer is written.</summary>
public sealed class DisclosesAttribute : PersonalDataUseAttribute
{
    public DisclosesAttribute(params string[] kinds) => Kinds = kinds;
}

/// <summary>Keeps, changes or erases data about people; with its ledger entry in the same transaction. It may show what it changes.</summary>
public sealed class ChangesAttribute : PersonalDataUseAttribute
{
    public ChangesAttribute(params string[] kinds) => Kinds = kinds;
}

/// <summary>Touches no data about the people served.</summary>
public sealed class NoPersonalDataAttribute : PersonalDataUseAttribute;
