using Amana.Domain.Records;
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

    public ListedPage<ListedRecord> Listed { get; private set; } = null!;

    public async Task OnGetAsync() =>
        Listed = (await list.Read(Who, ActivityId, new RecordFilter(Code, Findings, Review), AskedPage, HttpContext.RequestAborted)).Result;
}
