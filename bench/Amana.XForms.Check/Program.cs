using Amana.XForms.Check;

// Measures and tries the evaluator and the check of submissions:
//   Amana.XForms.Check speed               reads and checks a submission of 250 questions again and again and prints the times of each round
switch (args)
{
    case ["speed"]:
        Speed.Run();
        return 0;
    default:
        Console.Error.WriteLine("usage: Amana.XForms.Check speed");
        return 2;
}
