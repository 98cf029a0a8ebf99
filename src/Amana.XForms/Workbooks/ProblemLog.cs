namespace Amana.XForms.Workbooks;

/// <summary>Gathers what is wrong with a form, so that its author sees all of it at once.</summary>
internal sealed class ProblemLog
{
    private const int Most = 500;
    private readonly List<FormProblem> problems = [];

    public IReadOnlyList<FormProblem> All => problems;

    public bool HasErrors { get; private set; }

    /// <summary>True when no more problems are kept, so that nobody need look for the best words.</summary>
    public bool IsFull => problems.Count >= Most;

    /// <summary>True when that was already said of the row.</summary>
    public bool HasSaid(string code, int row) => problems.Exists(p => p.Code == code && p.Place.Row == row);

    public void Error(string code, string message, FormPlace place)
    {
        HasErrors = true;
        if (problems.Count < Most)
            problems.Add(new FormProblem(FormProblemSeverity.Error, code, message, place));
    }

    public void Warn(string code, string message, FormPlace place)
    {
        if (problems.Count < Most)
            problems.Add(new FormProblem(FormProblemSeverity.Warning, code, message, place));
    }
}
