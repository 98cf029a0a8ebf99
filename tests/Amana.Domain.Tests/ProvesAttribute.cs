namespace Amana.Domain.Tests;

/// <summary>The tests of this class, or this test, prove the rule. The page of the principles is written from it, and every rule needs one.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ProvesAttribute(string rule) : Attribute
{
    public string Rule { get; } = rule;
}
