using Amana.Domain.Accounts;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Hosting;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>Collection live: whether it stands, the forms on phones, the phones and their links.</summary>
[NoPersonalData]
public sealed class Collection(ActivityFrame frame, PhoneList phones, IssuePhoneToken issue, RevokePhoneToken revoke, PhonePasswords passwords, AwaitedList awaited) : ActivityPage(frame)
{
    public override string TitleKey => "collection.title";

    [BindProperty]
    public NewPhone Input { get; set; } = new();

    public IReadOnlyList<AppUser> Phones { get; private set; } = [];

    /// <summary>Records encrypted on phones of which parts are missing.</summary>
    public int AwaitedRecords { get; private set; }

    /// <summary>The new phone's card; shown once, in the answer to the post itself.</summary>
    public PhoneCard? Card { get; private set; }

    /// <summary>Goes with the form, so that sending it twice issues one token.</summary>
    public Guid NewId { get; } = Guid.NewGuid();

    public GateAnswer Stands => Gate.Stands(State, Operation.Collect);

    public IEnumerable<FormVersion> Forms => State.Forms.Where(f => f.Accepts);

    public IEnumerable<Choice> Holders => State.Team.Where(t => t.Member.EndedAt is null).DistinctBy(t => t.Staff.Id)
        .Select(t => new Choice(t.Staff.Id.Value.ToString(), $"{t.Staff.Name} · {Texts.Word(t.Member.Role)}"));

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostIssueAsync()
    {
        var outcome = await issue.Handle(Who, ActivityId, Input.Label ?? "", new StaffId(Input.HeldBy), HttpContext.RequestAborted, Input.Id is { } id ? new AppUserId(id) : null);
        await Load();
        if (!outcome.IsDone)
            return Refused(outcome.Refusals);
        var (house, credentials) = ($"{HttpContext.AddressAsked()}/v1", passwords.Of(outcome.Result.Id));
        Card = new PhoneCard("phone.card", "phone.card.text", Input.Label ?? "", Texts.Plain("phone.project", new { number = Number }), $"{house}/key/{outcome.Result.Token}/projects/{Number}",
            new PasswordAddress($"{house}/projects/{Number}", credentials.UserName, credentials.Password));
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id)
    {
        var outcome = await revoke.Handle(Who, ActivityId, new AppUserId(id), HttpContext.RequestAborted);
        await Load();
        return Answer(outcome, At("collection"), "phone-revoked");
    }

    private async Task Load() =>
        (Phones, AwaitedRecords) = (await phones.Read(Who, ActivityId, HttpContext.RequestAborted), await awaited.Waiting(ActivityId, HttpContext.RequestAborted));
}

public sealed class NewPhone
{
    public Guid? Id { get; set; }
    public string? Label { get; set; }
    public Guid HeldBy { get; set; }
}
