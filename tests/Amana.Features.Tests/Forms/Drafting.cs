using System.Text;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Purpose;
using Amana.Features.Tests.Activities;

namespace Amana.Features.Tests.Forms;

/// <summary>An activity in Design whose lead uploads small forms.</summary>
internal static class Drafting
{
    public const string WithExternalChoices = """"
        "survey",,,,
        ,"type","name","label","choice_filter"
        ,"select_one_external village","village","Which village?","district='d1'"
        "external_choices",,,,
        ,"list_name","name","label","district"
        ,"village","v1","Village ""one""","d1"
        "settings",,,,
        ,"form_title","form_id","version",
        ,"Places","places","1",
        """";

    public static string WithVillages(string version) => $"""
        "survey",,,,
        ,"type","name","label","media::image"
        ,"select_one_from_file villages.csv","village","Which village?",
        ,"select_one yes_no","safe","Is the way there safe?","people.jpg"
        "choices",,,,
        ,"list_name","name","label",
        ,"yes_no","yes","Yes",
        ,"yes_no","no","No",
        "settings",,,,
        ,"form_title","form_id","version",
        ,"Ways","ways","{version}",
        """;

    public static async Task<Planning> Begin(StoreKind store)
    {
        var p = await Planning.Begin(store);
        await p.EnterDesign();
        Assert.True((await p.Do<StatePurpose, Nothing>(u => u.Handle(p.Lead, p.Activity, p.APurpose(), default))).IsDone);
        return p;
    }

    /// <summary>Uploads the form and accepts what is proposed for its elements.</summary>
    public static async Task<FormVersionId> Upload(Planning p, string csv)
    {
        p.House.Clock.Move(TimeSpan.FromMinutes(1));
        var uploaded = await p.Do<UploadForm, FormVersionId>(u => u.Handle(p.Lead, p.Activity, Encoding.UTF8.GetBytes(csv), "form.csv", default));
        Assert.Empty(uploaded.Refusals.Select(r => string.Join(' ', r.Args.Values)));
        Assert.Empty((await p.Do<AcceptProposals, Nothing>(u => u.Handle(p.Lead, p.Activity, uploaded.Result, "N1", default))).Refusals);
        return uploaded.Result;
    }
}
