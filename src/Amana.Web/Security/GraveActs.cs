using System.Reflection;
using Amana.Features.Accounts;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Amana.Web.Security;

/// <summary>Marks what a page does that harms most in a thief's hand: a proof of who one is, not older than five minutes, comes first (OWASP ASVS 5.0, 7.5).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GraveAttribute : Attribute;

/// <summary>Asks for a fresh proof before a grave act, on a page that carries what was filled in: with the right answer the act goes on as it was sent, and nothing is typed twice.</summary>
public sealed class GraveActs(ProveWhoYouAre prove, ProofKindsReader kinds, PasskeyCeremony passkeys, MendLinks mends, TimeProvider clock)
{
    /// <summary>Beginning of the names of the fields that this adds to a form.</summary>
    public const string Prefix = "proof.";

    /// <summary>The page that asks; none when the act may go on.</summary>
    public async Task<IActionResult?> Before(PageHandlerExecutingContext context, StaffPage page)
    {
        if (context.HandlerMethod?.MethodInfo.GetCustomAttribute<GraveAttribute>() is null || clock.GetUtcNow() - SessionTickets.ProvedAt(page.User) < StaffSession.ProofCounts)
            return null;
        var http = context.HttpContext;
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        string? refused = null;
        if (form.ContainsKey(Prefix + "asked"))
        {
            var credential = form["credential"].ToString();
            var proof = new Proof(form[Prefix + "password"], form[Prefix + "code"], credential.Length > 0 ? await passkeys.Shown(http, credential) : null);
            var outcome = await prove.Handle(page.Who, SessionTickets.SessionOf(page.User), proof, http.RequestAborted);
            if (outcome.IsDone)
                return null;
            refused = mends.Show(outcome.Refusals[0]).Words;
        }

        var shown = new ProofAsked(
            http.Request.PathBase + http.Request.Path + http.Request.QueryString,
            [.. form.Where(f => !f.Key.StartsWith(Prefix, StringComparison.Ordinal) && f.Key is not ("form-token" or "credential")).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))],
            [.. form.Files.Select(f => f.Name).Distinct(StringComparer.Ordinal)],
            await kinds.Read(page.Who, http.RequestAborted), refused);
        return new ViewResult
        {
            ViewName = "/Accounts/_Prove.cshtml", StatusCode = StatusCodes.Status403Forbidden,
            ViewData = new ViewDataDictionary<ProofAsked>(page.MetadataProvider, new ModelStateDictionary()) { Model = shown },
        };
    }
}

/// <summary>What the page that asks for a proof shows.</summary>
/// <param name="Action">Where the form was sent, and is sent again.</param>
/// <param name="Fields">What was filled in.</param>
/// <param name="Files">Names of fields with files, which have to be chosen again.</param>
/// <param name="Kinds">By what the person can prove who they are.</param>
/// <param name="Refused">Why the last answer was not taken.</param>
public sealed record ProofAsked(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, IReadOnlyList<string> Files, ProofKinds Kinds, string? Refused);
