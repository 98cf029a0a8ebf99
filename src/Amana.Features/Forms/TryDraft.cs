using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.XForms;
using Amana.XForms.Evaluation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Forms;

/// <summary>Opens a draft to be tried on phones, at an address that is shown once. An address given before ends.</summary>
public sealed class StartDraftTest(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <returns>The token of the address.</returns>
    public async Task<Outcome<string>> Handle(AccessContext who, ActivityId activity, FormVersionId formVersion, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<string>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Forms.FirstOrDefault(f => f.Id == formVersion) is not { } form)
            return new Refusal("form.not-found");
        var token = AddressTokens.New();
        var decision = DraftTestRules.Start(form, AddressTokens.HashOf(token), who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<DraftTestStarted>.Allowed(var change))
            return Outcome<string>.RefusedBy(decision.Refusals);
        await DraftTests.End(db, formVersion, cancellationToken);
        db.Add(DraftTest.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, formVersion.Value));
        return token;
    }
}

/// <summary>A draft that is being tried, with the form as phones get it.</summary>
public sealed record TriedDraft(DraftTest Test, FormVersion Form);

/// <summary>Drafts being tried.</summary>
public sealed class DraftTests(AmanaDb db)
{
    /// <summary>The draft that the token of an address opens; none for an unknown or ended one, or another form's.</summary>
    public async Task<TriedDraft?> Read(string token, ActivityId activity, string formId, CancellationToken cancellationToken)
    {
        var hash = AddressTokens.HashOf(token);
        var found = await (from t in db.Set<DraftTest>().AsNoTracking()
                           join f in db.Set<FormVersion>() on t.FormVersionId equals f.Id
                           where t.TokenHash == hash && t.ActivityId == activity && f.FormId == formId && f.State == FormState.Draft
                           select new { t, f }).FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : new TriedDraft(found.t, found.f);
    }

    /// <summary>How the trial of a draft stands; none when it is not tried.</summary>
    public async Task<DraftTest?> Read(FormVersionId form, CancellationToken cancellationToken) =>
        await db.Set<DraftTest>().AsNoTracking().FirstOrDefaultAsync(t => t.FormVersionId == form, cancellationToken);

    /// <summary>Makes the end of a draft's trial pending: nothing of it stays.</summary>
    internal static async Task End(AmanaDb db, FormVersionId form, CancellationToken cancellationToken) =>
        db.RemoveRange(await db.Set<DraftTest>().Where(t => t.FormVersionId == form).ToListAsync(cancellationToken));
}

/// <summary>Takes a submission to a draft: checks it against the form and throws it away. Nothing of it is kept, not even sealed.</summary>
public sealed class TryDraft(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<DraftTried>> Handle(AccessContext who, TriedDraft draft, byte[] xml, CancellationToken cancellationToken)
    {
        var xform = await db.Set<FormFile>().Where(f => f.FormVersionId == draft.Form.Id).Select(f => f.XForm).FirstAsync(cancellationToken);
        using var stream = new MemoryStream(xml, writable: false);
        var submission = SubmissionReader.Read(stream).Submission;
        if (submission is not null && submission.FormId != draft.Form.FormId)
            return new Refusal("submission.form-unknown");
        int? findings = submission is not null && SafeXml.Parse(xform).Document is { } document && CompiledForm.FromXForm(document, out _) is { } compiled
            ? SubmissionCheck.Check(submission, compiled, new EvaluationContext { Now = clock.Now() }).Findings.Count(f => f.Weight == FindingWeight.Fault)
            : null;
        var change = DraftTestRules.Try(findings, clock.Now());
        if (await db.Set<DraftTest>().FirstOrDefaultAsync(t => t.FormVersionId == draft.Form.Id, cancellationToken) is not { } test)
            return new Refusal("submission.form-unknown"); // the trial ended meanwhile
        test.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, draft.Form.ActivityId, draft.Form.Id.Value).With("outcome", change.Outcome.ToString()));
        return change;
    }
}
