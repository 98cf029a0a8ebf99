using System.Text;
using Amana.Domain.Shared;
using Amana.Features.Rights;
using Amana.Web.Activities;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Rights;

/// <summary>A certificate of disposal, ready to print, with its place in the ledger and the proof that an outsider can check.</summary>
[NoPersonalData]
public sealed class Certificate(ActivityFrame frame, CertificateReader certificates) : ActivityPage(frame)
{
    public override string TitleKey => "certificate.title";

    public CertificateProof Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (await certificates.Read(ActivityId, new CertificateId(id), HttpContext.RequestAborted) is not { } found)
            return NotFound();
        Shown = found;
        return Page();
    }

    public async Task<IActionResult> OnGetProofAsync(Guid id)
    {
        if (await certificates.Read(ActivityId, new CertificateId(id), HttpContext.RequestAborted) is not { } found
            || await certificates.Proof(found, HttpContext.RequestAborted) is not { } proof)
            return NotFound();
        return File(Encoding.UTF8.GetBytes(proof.ToJson()), "application/json", $"certificate-{id:N}.json");
    }
}
