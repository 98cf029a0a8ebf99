using System.IO.Compression;
using System.Text.Json;

namespace Amana.Web.OpenRosa;

/// <summary>Settings of ODK Collect as its QR code carries them: JSON (Collect's client-settings schema), compressed with zlib, in Base64. What is not named falls back to Collect's own default.</summary>
public static class CollectSettings
{
    /// <summary>Settings that do no harm: forms follow the server, records leave the phone by themselves and are deleted from it once sent, no usage statistics go to anybody.</summary>
    /// <param name="serverUrl">Address below which Collect finds <c>formList</c> and <c>submission</c>.</param>
    /// <param name="projectName">Name on the phone's screen, which strangers may see: it must not tell what the activity is about.</param>
    public static string Encode(string serverUrl, string projectName)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, Dictionary<string, object>>(StringComparer.Ordinal)
        {
            ["general"] = new(StringComparer.Ordinal)
            {
                ["server_url"] = serverUrl, ["form_update_mode"] = "match_exactly", ["autosend"] = "wifi_and_cellular", ["delete_send"] = true, ["analytics"] = false,
            },
            ["project"] = new(StringComparer.Ordinal) { ["name"] = projectName },
            ["admin"] = new(StringComparer.Ordinal) { ["change_server"] = false },
        });
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
            zlib.Write(json);
        return Convert.ToBase64String(packed.ToArray());
    }
}
