namespace Amana.XForms;

/// <summary>How much a problem matters: an error stops the form, a warning does not.</summary>
public enum FormProblemSeverity
{
    /// <summary>The form works, but something in it is probably not meant.</summary>
    Warning,

    /// <summary>The form cannot be used until this is mended.</summary>
    Error,
}

/// <summary>Where in a workbook: the sheet, the row as the spreadsheet program numbers it (0 when it is no one row), the column's heading.</summary>
public sealed record FormPlace(string? Sheet, int Row = 0, string? Column = null);

/// <summary>
/// Something wrong in a form. The code is stable and made of words; the message says in plain words what is wrong and how to mend it.
/// </summary>
public sealed record FormProblem(FormProblemSeverity Severity, string Code, string Message, FormPlace Place)
{
    /// <summary>The code of an expression that is none. The reference converter lets it pass, so that it is a warning here; clients refuse the form, or hide the question in silence.</summary>
    public const string Unreadable = "expression.unreadable";

    /// <summary>The code of a call to a function that ODK's dialect does not have. The reference converter lets it pass; clients refuse the form.</summary>
    public const string NoSuchFunction = "expression.no-such-function";

    /// <summary>The code of a call with too few or too many arguments.</summary>
    public const string WrongArguments = "expression.wrong-arguments";

    /// <summary>The code of rules that hang on themselves. The reference converter lets them pass; ODK Collect refuses the form.</summary>
    public const string Cycle = "expression.cycle";

    /// <summary>Whether a form with it is of no use to a client: an error, or an expression that cannot be read or worked out.</summary>
    public bool StopsClients => Severity == FormProblemSeverity.Error || Code is Unreadable or NoSuchFunction or WrongArguments or Cycle;

    /// <summary>The problem on one line, with its place first.</summary>
    public override string ToString()
    {
        var where = string.Join(", ", new[]
        {
            Place.Sheet is null ? null : $"sheet '{Place.Sheet}'",
            Place.Row > 0 ? $"row {Place.Row.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : null,
            Place.Column is null ? null : $"column '{Place.Column}'",
        }.Where(part => part is not null));
        return where.Length == 0 ? Message : $"{where}: {Message}";
    }
}
