using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Features.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Activities;

/// <summary>The operation's activities as a board of the process, each with the state of its principles. Filters live in the address.</summary>
[NoPersonalData]
public sealed class IndexModel(ActivityBoard board) : StaffPage
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public MatrixCategory? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    public PimStep? Step { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Place { get; set; }

    public Board Board { get; private set; } = null!;

    public BoardFilter Filter { get; private set; } = new();

    public static IReadOnlyList<Choice> Categories { get; } = Vocabulary.Choices<MatrixCategory>();

    public static IReadOnlyList<Choice> Steps { get; } = [.. Enum.GetValues<PimStep>().Select(s => new Choice(s.ToString(), "step." + s))];

    public IReadOnlyList<Choice> Places => [.. Board.Places.Select(p => new Choice(p.Code, p.Name.Length > 0 ? $"{p.Name} ({p.Code})" : p.Code))];

    public async Task OnGet(CancellationToken cancellationToken)
    {
        var number = AskedPage;
        Filter = new BoardFilter(Text, Category, Step, Place, number);
        Board = await board.Read(Who, Filter, cancellationToken);
    }
}
