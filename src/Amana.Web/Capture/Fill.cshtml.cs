using Amana.Features.Activities;
using Amana.Features.Capture;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Capture;

/// <summary>The web form for staff. It shows blank forms; what is filled in travels sealed to <see cref="CaptureEndpoints"/>.</summary>
[NoPersonalData]
public sealed class Fill(ActivityReader activities, FormsToFill forms) : FillPage
{
    private int _number;

    public override string? PlainAddress => $"/activities/{_number}/enter";

    /// <summary>Where the activity's own pages begin.</summary>
    public string Back => $"/activities/{_number}/collection";

    protected override int? InActivity => _number;

    /// <summary>Why this person cannot collect now, in words.</summary>
    public IEnumerable<string> HeldInWords => (Activity?.Held ?? []).Take(10).Select(r => Mends.Show(r, _number).Words);

    public async Task<IActionResult> OnGetAsync(int number)
    {
        _number = number;
        if (await activities.Find(number, HttpContext.RequestAborted) is not { } id || await forms.Read(Who, id, null, HttpContext.RequestAborted) is not { } found)
            return NotFound();
        Activity = found;
        LetTheEngineIn();
        return Page();
    }
}
