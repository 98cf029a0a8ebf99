using System.Net;
using System.Text.Json;

namespace Amana.Web.Tests;

/// <summary>What the house answers to programs.</summary>
internal static class ProgramAnswers
{
    /// <summary>The JSON of an answer that is none of refusal.</summary>
    public static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonDocument.Parse(text).RootElement.Clone();
        }
    }

    /// <summary>The slug of the first reason of a refusal.</summary>
    public static async Task<string> Refused(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, text);
            return JsonDocument.Parse(text).RootElement.GetProperty("reasons")[0].GetProperty("slug").GetString()!;
        }
    }
}
