using Amana.Domain.Coordination;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Coordination;
using Amana.Features.Platform;
using Amana.Features.Vocabularies;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Coordination;

/// <summary>The directory of services by place and need: found, added, and checked to be alive.</summary>
[NoPersonalData]
public sealed class ServicesModel(ServiceDirectory directory, OrganisationList organisations, TimeProvider clock) : StaffPage
{
    private const string Address = "/coordination/services";

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Place { get; set; }

    [BindProperty]
    public ServiceInput Input { get; set; } = new();

    public IReadOnlyList<DirectoryLine> Lines { get; private set; } = [];

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    public bool IsNarrowed => !string.IsNullOrWhiteSpace(Kind) || !string.IsNullOrWhiteSpace(Place);

    public IReadOnlyList<Choice> Kinds => [.. VocabularyShelf.Find("service-kinds")!.Current.Select(t => new Choice(t.Code, t.Label.In(Texts.Language.Code)))];

    /// <summary>The way from each need to whoever helps with it: services that somebody found alive of late, nearest by code first; needs without any come first.</summary>
    public IReadOnlyList<(string Kind, IReadOnlyList<DirectoryLine> Lines)> Pathways => [.. VocabularyShelf.Find("service-kinds")!.Current.Where(t => string.IsNullOrWhiteSpace(Kind) || t.Code == Kind)
        .Select(t => (t.Code, (IReadOnlyList<DirectoryLine>)[.. Lines.Where(l => l.Service.Kind == t.Code && l.Service.Live && !l.Stale)])).OrderBy(p => p.Item2.Count > 0)];

    public async Task OnGet(CancellationToken cancellationToken)
    {
        Input.Id = Ids.NewGuid(clock);
        await Fill(cancellationToken);
    }

    public async Task<IActionResult> OnPost([FromServices] AddServicePoint add, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        var command = new ListServicePoint(new ServiceId(Input.Id), Input.Name ?? "", Input.Kind ?? "", new OrganisationId(Input.Organisation ?? Guid.Empty),
            new Domain.Activities.Place(Input.Place ?? "", Input.PlaceName ?? ""), Input.HowReached ?? "", Input.ForWhom ?? "") { Hours = Input.Hours ?? "", PeopleAWeek = Input.PeopleAWeek };
        return Answer(await add.Handle(Who, command, cancellationToken), Address, "service-listed");
    }

    public async Task<IActionResult> OnPostCheck(Guid id, bool live, [FromServices] CheckServicePoint check, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await check.Handle(Who, new ServiceId(id), live, cancellationToken), Address, "service-checked");
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        Lines = await directory.Read(Kind, Place, cancellationToken);
        Organisations = (await organisations.Read(Who, cancellationToken)).AsChoices();
    }
}

/// <summary>What the form asks.</summary>
public sealed class ServiceInput
{
    public Guid Id { get; set; }
    public string? Name { get; set; }
    public string? Kind { get; set; }
    public Guid? Organisation { get; set; }
    public string? Place { get; set; }
    public string? PlaceName { get; set; }
    public string? HowReached { get; set; }
    public string? ForWhom { get; set; }
    public string? Hours { get; set; }
    public int? PeopleAWeek { get; set; }
}
