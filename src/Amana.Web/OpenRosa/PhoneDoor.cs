using System.Net.Http.Headers;
using System.Text;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Activities;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Texts;
using Amana.Web.Public;

namespace Amana.Web.OpenRosa;

/// <summary>A phone at the door: its activity and who answers for it. <paramref name="Draft"/> is set where it came to try a draft, and then <paramref name="Phone"/> is nobody's.</summary>
public sealed record PhoneCaller(Guid Phone, AccessContext Who, ActivityId Activity, TriedDraft? Draft = null);

/// <summary>Wrong tokens and passwords, counted like the tries of the public pages but with room for a team behind one address.</summary>
public sealed class WrongPhones(TimeProvider clock, int perAddress = WrongPhones.PerAddress)
{
    /// <summary>Wrong ones in a minute from one address.</summary>
    public const int PerAddress = 60;

    private readonly PublicTries _tries = new(clock, perAddress, inAll: 2000);

    /// <summary>Counts one; false when there were too many in this minute.</summary>
    public bool Allow(HttpContext http) => _tries.Allow(http.Connection.RemoteIpAddress);
}

/// <summary>Lets phones in: by the token in the address, or by name and password where the address has none. A wrong token is answered like a revoked one, and asks for no password.</summary>
public sealed class PhoneDoor(ActivityReader activities, ActivityLanguages languages, PhoneByToken phones, PhonePasswords passwords, DraftTests drafts, WrongPhones wrong)
{
    public async Task<IResult> Through(HttpContext http, int number, Func<PhoneCaller, Task<IResult>> then, bool needsVersionHeader = true)
    {
        http.Response.Headers.CacheControl = HttpMethods.IsPost(http.Request.Method) ? "no-store" : "private, no-cache";
        if (needsVersionHeader && http.Request.Headers["X-OpenRosa-Version"] != "1.0")
            return OpenRosaAnswer.Refuse(http, 400, "openrosa.version-header");
        var token = http.GetRouteValue("token") as string;
        var sends = token is not null && HttpMethods.IsPost(http.Request.Method) && http.Request.Path.StartsWithSegments("/v1/key", StringComparison.Ordinal);
        if (sends && phones.Known(token!, number) is { } known) // who sends was often here a moment ago; taking in looks again whether the phone may still
        {
            OpenRosaAnswer.Speak(http, known.Language);
            return await then(new PhoneCaller(known.Phone, known.Who, known.Activity));
        }

        var activity = await activities.Find(number, http.RequestAborted);
        var spoken = activity is { } found ? await languages.Read(found, http.RequestAborted) : Language.English;
        OpenRosaAnswer.Speak(http, spoken);
        return token is not null
            ? await WithToken(http, token, activity, caller =>
            {
                if (sends)
                    phones.Remember(token, number, new KnownPhone(caller.Phone, caller.Who, caller.Activity, spoken));
                return then(caller);
            })
            : await WithPassword(http, activity, then);
    }

    private async Task<IResult> WithToken(HttpContext http, string token, ActivityId? activity, Func<PhoneCaller, Task<IResult>> then)
    {
        if (activity is { } id && http.Request.Path.StartsWithSegments("/v1/test", StringComparison.Ordinal))
        {
            if (await drafts.Read(token, id, (string)http.GetRouteValue("formId")!, http.RequestAborted) is { } draft)
                return await then(new PhoneCaller(Guid.Empty, new AccessContext(new Actor(ActorKind.Phone, draft.Test.StartedBy, null, [])), id, draft));
        }
        else if (activity is { } live && await phones.Read(token, live, http.RequestAborted) is { } phone)
        {
            return await then(new PhoneCaller(phone.Phone.Id.Value, phone.Who, live));
        }

        return OpenRosaAnswer.Refuse(http, wrong.Allow(http) ? 403 : 429, "openrosa.no-right");
    }

    private async Task<IResult> WithPassword(HttpContext http, ActivityId? activity, Func<PhoneCaller, Task<IResult>> then)
    {
        var given = Read(http.Request.Headers.Authorization.ToString());
        if (given is null || activity is not { } id)
            return Challenge(http, stale: false, "openrosa.no-credentials");
        if (given.Scheme == "Basic" && !http.Request.IsHttps)
            return Challenge(http, stale: false, "openrosa.basic-without-https");
        var target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget is { Length: > 0 } raw ? raw : http.Request.Path + http.Request.QueryString;
        var signIn = await passwords.Read(id, given, http.Request.Method, target, http.RequestAborted);
        if (signIn.Phone is { } phone)
            return await then(new PhoneCaller(phone.Id.Value, await phones.ActingFor(phone, http.RequestAborted), id));
        return !signIn.Stale && !wrong.Allow(http) ? OpenRosaAnswer.Refuse(http, 429, "openrosa.no-right") : Challenge(http, signIn.Stale, "openrosa.no-credentials");
    }

    /// <summary>Asks for name and password: without the challenge no client sends any. Basic is offered on HTTPS alone.</summary>
    private IResult Challenge(HttpContext http, bool stale, string key)
    {
        var offers = new List<string> { $"Digest realm=\"{PhonePasswords.Realm}\", qop=\"auth\", algorithm=MD5, nonce=\"{passwords.Nonce()}\"{(stale ? ", stale=true" : "")}" };
        if (http.Request.IsHttps)
            offers.Add($"Basic realm=\"{PhonePasswords.Realm}\", charset=\"UTF-8\"");
        http.Response.Headers.WWWAuthenticate = offers.ToArray();
        return OpenRosaAnswer.Refuse(http, 401, key);
    }

    private static GivenCredentials? Read(string header)
    {
        if (header.Length > 2000 || !AuthenticationHeaderValue.TryParse(header, out var value) || value.Parameter is not { } parameter)
            return null;
        if (string.Equals(value.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
            return ReadBasic(parameter);
        if (!string.Equals(value.Scheme, "Digest", StringComparison.OrdinalIgnoreCase))
            return null;
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in Parts(parameter))
            if (NameValueHeaderValue.TryParse(part, out var pair) && !parts.TryAdd(pair.Name, (pair.Value ?? "").Trim('"')))
                return null; // said twice: nobody knows which of them somebody on the way read
        return new GivenCredentials("Digest", parts.GetValueOrDefault("username"), null, parts);
    }

    private static GivenCredentials? ReadBasic(string parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 ? new GivenCredentials("Basic", pair[0], pair[1], new Dictionary<string, string>(StringComparer.Ordinal)) : null;
    }

    /// <summary>Parts between commas; a comma inside quotes, as an address may have, divides nothing.</summary>
    private static IEnumerable<string> Parts(string parameter)
    {
        var (from, quoted) = (0, false);
        for (var i = 0; i <= parameter.Length; i++)
        {
            if (i < parameter.Length && parameter[i] == '"')
                quoted = !quoted;
            if (i < parameter.Length && (quoted || parameter[i] != ','))
                continue;
            yield return parameter[from..i].Trim();
            from = i + 1;
        }
    }
}
