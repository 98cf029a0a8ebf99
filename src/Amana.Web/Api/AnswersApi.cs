using Amana.Features.Activities;
using Amana.Features.Analysis;
using Amana.Web.Analysis;
using Amana.Web.Security;

namespace Amana.Web.Api;

/// <summary>Coded answers of an activity as tables, for programs: for a need that the query cites, through the same gate, ledger and register as the page.</summary>
public static class AnswersApi
{
    public static void MapAnswersApi(this WebApplication app) =>
        app.MapGet("/api/v1/activities/{number:int}/answers", Export).AnswersFile("A working copy of the coded answers that serve a need.", "text/csv", "application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").RequireAuthorization().DisableAntiforgery().WithTags("figures").WithMetadata(new DisclosesAttribute("coded answers")).AddEndpointFilter(ApiProof.First);

    private static Task<IResult> Export(HttpContext http, int number, string? need, AnswersFormat? format, string? labels, bool? split, ActivityReader activities, ExportAnswers export) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var shape = new AnswersShape(format ?? AnswersFormat.Tables, labels, split ?? false);
        var outcome = await export.Handle(http.User.ToAccess().Citing(need), id, shape, kind => AnswersDownload.Begin(http.Response, number, kind), http.RequestAborted);
        return outcome.IsDone ? Results.Empty : ActivitiesApi.Problem(http, outcome.Refusals);
    });
}
