using Amana.XForms.Check;

// Measures the forms engine and prints tables:
//   Amana.XForms.Check convert   reads and writes forms of 500, 1,500 and 4,500 rows in three languages
//   Amana.XForms.Check speed     reads and checks a submission of 200 questions again and again
switch (args)
{
    case ["convert"]:
        ConvertSpeed.Run();
        return 0;
    case ["speed"]:
        Speed.Run();
        return 0;
    default:
        Console.Error.WriteLine("usage: Amana.XForms.Check convert | speed");
        return 2;
}
