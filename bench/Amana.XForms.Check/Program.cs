using System.Globalization;
using Amana.XForms.Check;

// Measures and tries the evaluator and the check of submissions:
//   Amana.XForms.Check speed               reads and checks a submission of 250 questions again and again and prints the times of each round
//   Amana.XForms.Check fuzz COUNT [SEED]   makes COUNT random expressions and COUNT random submissions; none may throw, hang or print unstably
switch (args)
{
    case ["speed"]:
        Speed.Run();
        return 0;
    case ["fuzz", var count, .. var rest] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times):
        return Fuzz.Run(times, rest is [var seed] ? int.Parse(seed, CultureInfo.InvariantCulture) : 1);
    default:
        Console.Error.WriteLine("usage: Amana.XForms.Check speed | fuzz COUNT [SEED]");
        return 2;
}
