namespace Amana.XForms;

/// <summary>Tells the sort of a question from its control and data type.</summary>
internal static class QuestionKinds
{
    public static QuestionKind Of(FormQuestion question) => question.Control switch
    {
        "select1" => QuestionKind.SelectOne,
        "select" => QuestionKind.SelectMultiple,
        "odk:rank" => QuestionKind.Rank,
        "range" => QuestionKind.Range,
        "trigger" => question.DataType == "geopoint" ? QuestionKind.Metadata : QuestionKind.Acknowledge,
        "upload" => Upload(FormNode.Value(question.Body, "mediatype")),
        "input" => question.ExternalList is null ? Input(question) : QuestionKind.SelectOne,
        _ => Unseen(question),
    };

    private static QuestionKind Upload(string? media) => media switch
    {
        "image/*" => QuestionKind.Image,
        "audio/*" => QuestionKind.Audio,
        "video/*" => QuestionKind.Video,
        _ => QuestionKind.File,
    };

    private static QuestionKind Input(FormQuestion question) => question.DataType switch
    {
        "int" => QuestionKind.Integer,
        "decimal" => QuestionKind.Decimal,
        "date" => QuestionKind.Date,
        "time" => QuestionKind.Time,
        "dateTime" => QuestionKind.DateTime,
        "geopoint" => QuestionKind.Geopoint,
        "geotrace" => QuestionKind.Geotrace,
        "geoshape" => QuestionKind.Geoshape,
        "barcode" => QuestionKind.Barcode,
        _ when question.Type is "note" or "q note" or "add note prompt" => QuestionKind.Note,
        _ when question.IsHiddenCalculation => QuestionKind.Calculate,
        _ => QuestionKind.Text,
    };

    private static QuestionKind Unseen(FormQuestion question)
    {
        if (question.Type == "hidden")
            return QuestionKind.Hidden;
        return question.Type.EndsWith("calculate", StringComparison.Ordinal) || question.Type == "add calculate prompt"
            ? QuestionKind.Calculate
            : QuestionKind.Metadata;
    }
}

/// <summary>The plain words that spreadsheets hold in columns of logic, and the expressions they stand for.</summary>
internal static class BindWords
{
    private static readonly HashSet<string> Convertible = ["readonly", "required", "relevant", "constraint", "calculate"];

    /// <summary>"yes" and "no" in their spellings as true() and false(), in the columns that hold logic; all else unchanged.</summary>
    public static string Expression(string attribute, string value)
    {
        if (!Convertible.Contains(attribute))
            return value;
        return value switch
        {
            "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" => "true()",
            "no" or "No" or "NO" or "false" or "False" or "FALSE" => "false()",
            _ => value,
        };
    }

    /// <summary>Yes or no in any spelling that forms use; null for anything else.</summary>
    public static bool? YesNo(string? value) => value switch
    {
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "true()" => true,
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "false()" => false,
        _ => null,
    };
}
