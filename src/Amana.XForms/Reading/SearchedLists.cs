namespace Amana.XForms.Reading;

/// <summary>Questions whose choices a search() in the appearance fills on the device; their lists cannot be shared with other questions.</summary>
internal static class SearchedLists
{
    public static bool IsSearch(FormQuestion question) =>
        question.Control is "select1" or "select" or "odk:rank" && question.Appearance is { Length: > 7 } appearance
        && appearance.IndexOf("search(", StringComparison.Ordinal) is var at && at >= 0 && appearance.IndexOf(')', at) > 0;

    public static void Mark(IReadOnlyList<FormNode> nodes, SurveyContext context)
    {
        var selects = FormTree.All(nodes).OfType<FormQuestion>().Where(q => q.Control is "select1" or "select" or "odk:rank").ToLookup(IsSearch);
        var unsearched = selects[false].Where(q => q.ChoicesFrom is not null).GroupBy(q => q.ChoicesFrom!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var question in selects[true])
        {
            var place = new FormPlace(context.Table.Sheet.Name, question.Row, context.Table.Written("type"));
            if (context.Choices[question.ChoicesFrom] is null)
            {
                context.Log.Error("search.no-list", "search() cannot go with choices from a file or from earlier answers. Remove it, or take a list of the choices sheet.", place);
                continue;
            }

            context.Choices.Searched.Add(question.ChoicesFrom!);
            if (unsearched.TryGetValue(question.ChoicesFrom!, out var other))
                context.Log.Error("search.shared-list", $"'{question.Name}' uses search() with the list '{question.ChoicesFrom}', but '{other.Name}' uses the same list without it. Give one of them a list of its own.", place);
        }
    }
}
