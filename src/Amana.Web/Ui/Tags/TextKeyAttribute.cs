namespace Amana.Web.Ui.Tags;

/// <summary>
/// The attribute takes a key of our texts. The text tests read these marks, so that a key written in a page's markup is known to exist.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextKeyAttribute : Attribute;
