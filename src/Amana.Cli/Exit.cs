namespace Amana.Cli;

/// <summary>How commands end: 0 done, 1 refused or invalid input, 2 wrong usage. What is wrong goes to standard error, never with a stack trace.</summary>
public static class Exit
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;

    /// <summary>Says why it was not done.</summary>
    public static int With(string problem, int code = Refused)
    {
        Console.Error.WriteLine(problem);
        return code;
    }
}

/// <summary>Something that the one who gave the command can mend; its message is all that is shown.</summary>
public sealed class RefusedException(string message) : Exception(message);
