using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Amana.Web.Ui;

/// <summary>Makes the framework's messages about unreadable values keys of our texts; the error summary and the fields look them up.</summary>
internal static class BindingMessages
{
    public static void Apply(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor(static (_, _) => "field.unreadable");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(static _ => "field.unreadable");
        messages.SetUnknownValueIsInvalidAccessor(static _ => "field.unreadable");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(static () => "field.unreadable");
        messages.SetValueIsInvalidAccessor(static _ => "field.unreadable");
        messages.SetValueMustBeANumberAccessor(static _ => "field.number");
        messages.SetNonPropertyValueMustBeANumberAccessor(static () => "field.number");
        messages.SetMissingBindRequiredValueAccessor(static _ => "field.missing");
        messages.SetMissingKeyOrValueAccessor(static () => "field.missing");
        messages.SetMissingRequestBodyRequiredValueAccessor(static () => "field.missing");
        messages.SetValueMustNotBeNullAccessor(static _ => "field.missing");
    }
}
