using Amana.Domain.Coordination;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Coordination;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Coordination;

/// <summary>The operation's places with their shapes: which are there, from where, and a file of boundaries to bring in their place.</summary>
[NoPersonalData]
public sealed class BoundariesModel(BoundariesInForce inForce, ImportBoundaries import) : StaffPage
{
    [BindProperty]
    public BoundariesInput Input { get; set; } = new();

    public Boundaries? Now { get; private set; }

    public bool MayImport => Authority.MustHoldOneOf(Who.Actor, ImportBoundaries.Keepers).Count == 0;

    public async Task OnGet(CancellationToken cancellationToken) => Now = await inForce.Read(cancellationToken);

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        Now = await inForce.Read(cancellationToken);
        if (Input.File is not { Length: > 0 } file)
            return Refused([new Refusal("field.required").At("File")]);
        return Answer(await import.Handle(Who, await file.Bytes(cancellationToken), Input.Source, cancellationToken), "/coordination/boundaries", "boundaries-imported");
    }
}

/// <summary>The file, and from where it is.</summary>
public sealed class BoundariesInput
{
    public IFormFile? File { get; set; }
    public string? Source { get; set; }
}
