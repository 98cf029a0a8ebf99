using Amana.Domain.Cases;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>The records of an activity, as codes: no identity in lists (IC-6).</summary>
[NoPersonalData]
public sealed class Index(ActivityFrame frame, RecordList list) : ActivityPage(frame)
{
    public override string TitleKey => "records.title";

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Findings { get; set; }

    [BindProperty(SupportsGet = true)]
    public ReviewState? Review { get; set; }

    public IEnumerable<Choice> Reviews => Enum.GetValues<ReviewState>().Select(r => new Choice(r.ToString(), Texts.Word(r)));

    /// <summary>Whose caseload is listed: the id of a worker, or "none" for what nobody follows.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Worker { get; set; }

    public IEnumerable<Choice> Workers => [new("none", Texts.Plain("caseload.nobody")), .. CaseloadRules.Workers(State).Select(w => new Choice(w.Id.Value.ToString(), w.Name))];

    public ListedPage<ListedRecord> Listed { get; private set; } = null!;

    public async Task OnGetAsync() =>
        Listed = (await list.Read(Who, ActivityId, new RecordFilter(Code, Findings, Review, Guid.TryParse(Worker, out var id) ? new StaffId(id) : null, Worker == "none"), AskedPage, HttpContext.RequestAborted)).Result;
}
