using System.ComponentModel.DataAnnotations;
using Amana.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Amana.Web.Ui;

/// <summary>All parts of pages in one place, for whoever builds or reviews them; exists in development only. Everything on it is made up.</summary>
[AllowAnonymous]
[NoPersonalData]
public sealed class GuideModel(PageTexts texts, Shell shell) : PageModel
{
    [BindProperty]
    public Sample Input { get; set; } = new();

    public bool Saved { get; private set; }

    public IReadOnlyList<RailStep> Steps { get; private set; } = [];

    public IReadOnlyList<PrincipleTile> Tiles { get; private set; } = [];

    public IReadOnlyList<FindingRow> Findings { get; private set; } = [];

    public IReadOnlyList<Bar> Bars { get; private set; } = [];

    public IReadOnlyList<Choice> Bases { get; } =
    [
        new("consent", "guide.basis.consent", "guide.basis.consent.hint"),
        new("vital", "guide.basis.vital"),
        new("legal", "guide.basis.legal"),
    ];

    public IReadOnlyList<Choice> Groups { get; } = [new("women", "guide.group.women"), new("men", "guide.group.men"), new("older", "guide.group.older")];

    public void OnGet() => Fill();

    public void OnPost()
    {
        if (Input.Ends.ToDate() is null) ModelState.AddModelError("Input.Ends", "guide.ends.missing");
        Saved = ModelState.IsValid;
        Fill();
    }

    private void Fill()
    {
        shell.Operation = texts.Plain("guide.operation");
        shell.Classification = "guide.classification";
        shell.Crumbs = [new("guide.operation", "/ui"), new("nav.activities", "/ui")];
        Steps =
        [
            new("assess", StepState.Done, texts.Plain("guide.rail.assess"), "#assess"),
            new("design", StepState.Done, texts.Plain("guide.rail.design"), "#design"),
            new("implement", StepState.Now, texts.Plain("guide.rail.implement", new { records = 1248 }), "#implement"),
            new("evaluate", StepState.Later, texts.Plain("guide.rail.evaluate")),
        ];
        Tiles =
        [
            new("people-centred", ShownState.Met, 5, 5, Href: "#rules"),
            new("do-no-harm", ShownState.Unmet, 4, 5, Href: "#rules"),
            new("defined-purpose", ShownState.Met, 7, 7, Href: "#rules"),
            new("consent", ShownState.Met, 6, 6, Href: "#rules"),
            new("data-protection", ShownState.Due, 8, 8, 1, "#rules"),
            new("competency", ShownState.Due, 4, 4, 2, "#rules"),
            new("impartiality", ShownState.NotApplicable, 0, 0),
            new("coordination", ShownState.Met, 5, 5, Href: "#rules"),
        ];
        Findings =
        [
            new(ShownState.Unmet, "DNH-2", texts.Plain("guide.finding.risk"), texts.Plain("guide.finding.risk.text"), "#", texts.Plain("guide.finding.risk.do")),
            new(ShownState.Due, "SEC-4", texts.Plain("guide.finding.rights"), texts.Plain("guide.finding.rights.text"), "#", null, texts.Plain("guide.finding.when", new { count = 9 })),
            new(ShownState.Met, "CC-2", texts.Plain("guide.finding.training"), texts.Plain("guide.finding.training.text")),
        ];
        Bars =
        [
            Bar("women", 0.92m), Bar("men", 0.97m), Bar("older", 0.44m, ShownState.Due),
        ];
    }

    private Bar Bar(string group, decimal share, ShownState? state = null) => new(texts.Plain("guide.group." + group), (double)share, texts.Percent(share), state);

    /// <summary>One field of each kind.</summary>
    public sealed class Sample
    {
        [Required(ErrorMessage = "field.missing")]
        public string? Title { get; set; }

        public string? Code { get; set; }

        public int? People { get; set; }

        public string? Purpose { get; set; }

        public DateParts Ends { get; set; } = new();

        [Required(ErrorMessage = "field.missing")]
        public string? Basis { get; set; }

        public IReadOnlyList<string> Groups { get; set; } = [];

        public string? Place { get; set; }

        public bool Told { get; set; }

        public IFormFile? Form { get; set; }
    }
}
