using System.Text;

namespace Amana.Web.Ui;

/// <summary>Turns a folder's or page's name into its part of the address: <c>MyAccount</c> is <c>my-account</c>.</summary>
public sealed class KebabCase : IOutboundParameterTransformer
{
    public string? TransformOutbound(object? value)
    {
        if (value?.ToString() is not { } name) return null;
        var address = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsUpper(c) && i > 0 && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) address.Append('-');
            address.Append(char.ToLowerInvariant(c));
        }
        return address.ToString();
    }
}
