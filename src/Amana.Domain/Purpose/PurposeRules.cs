using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Purpose;

/// <summary>Stating, weighing and publishing the purpose, and showing what came of it.</summary>
public static class PurposeRules
{
    /// <summary>Accepts any purpose that is well formed; whether it is complete is for DP-1 to say, so that half-written plans are not lost.</summary>
    public static Decision<PurposeStated> State(Activity activity, PurposeContent content, StaffId by, DateTimeOffset now)
    {
        var errors = ActivityRules.Open(activity).Must(!content.Statement.IsEmpty, nameof(content.Statement), "purpose.statement-missing", Principle.DefinedPurpose)
            .Text(nameof(content.ProtectionOutcome), content.ProtectionOutcome, 2000, required: false)
            .Text(nameof(content.CategoriesOfPeople), content.CategoriesOfPeople, 2000, required: false)
            .Text(nameof(content.OutOfScope), content.OutOfScope, 2000, required: false);
        var codes = content.Decisions.Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
        errors.Must(codes.Count == content.Decisions.Count, nameof(content.Decisions), "purpose.decision-code-twice", Principle.DefinedPurpose)
            .Must(content.Needs.Select(n => n.Code).Distinct(StringComparer.Ordinal).Count() == content.Needs.Count, nameof(content.Needs), "purpose.need-code-twice", Principle.DefinedPurpose);
        foreach (var need in content.Needs.Where(n => !codes.Contains(n.DecisionCode)))
            errors.Add(new Refusal("purpose.need-without-decision", Principle.DefinedPurpose).At(nameof(content.Needs)).With("need", need.Code));
        return errors.Any ? errors.All : new PurposeStated { ActivityId = activity.Id, Content = content, By = by, At = now };
    }

    public static Decision<ProportionalityWeighed> Weigh(PurposeStatement statement, string text, IReadOnlyDictionary<string, string> specialCategories, StaffId by, DateTimeOffset now)
    {
        if (by == statement.AuthorId)
            return new Refusal("purpose.weighed-by-author", Principle.Impartiality).MendedBy(Mender.SomeoneElse, MendPage.Purpose);
        var errors = new FieldErrors().Text("Text", text);
        return errors.Any ? errors.All : new ProportionalityWeighed { Weighed = new Proportionality(text.Trim(), specialCategories, by, now) };
    }

    public static Decision<PurposePublished> Publish(Activity activity, PurposeStatement statement, DateTimeOffset now)
    {
        var missing = statement.Content.Statement.MissingIn(activity.Languages);
        return missing.Count == 0
            ? new PurposePublished { At = now }
            : new Refusal("purpose.language-missing", Principle.DefinedPurpose).With("languages", string.Join(", ", missing)).MendedBy(Mender.ActivityLead, MendPage.Purpose);
    }

    public static Decision<EvidenceUsed> Use(PurposeStatement statement, string needCode, string what, DateOnly on, StaffId by)
    {
        var errors = new FieldErrors().Text("What", what, 2000)
            .Must(statement.Content.Needs.Any(n => n.Code == needCode), "NeedCode", "purpose.need-unknown", Principle.DefinedPurpose);
        return errors.Any ? errors.All : new EvidenceUsed { Use = new EvidenceUse(needCode, what.Trim(), on, by) };
    }
}
