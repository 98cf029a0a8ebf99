using System.Diagnostics;
using System.Globalization;
using Amana.XForms;

// Converts many forms in one process, for comparing with other converters and for timing:
//   Amana.XForms.Batch LIST          LIST has lines in<TAB>out<TAB>name; a refused form writes its problems to out.error, warnings go to out.warnings
//   Amana.XForms.Batch --time FILE   converts the file three times 20 times and prints the mean of each round
if (args is ["--time", var timed])
{
    var bytes = File.ReadAllBytes(timed);
    var questions = 0;
    for (var round = 0; round < 3; round++)
    {
        const int Times = 20;
        var watch = Stopwatch.StartNew();
        var before = Process.GetCurrentProcess().UserProcessorTime;
        for (var i = 0; i < Times; i++)
        {
            var reading = XlsForm.Read(new MemoryStream(bytes), timed);
            questions = reading.Form?.Questions.Count ?? 0;
            if (reading.Form is not null)
                XFormWriter.Write(reading.Form);
        }

        var processor = (Process.GetCurrentProcess().UserProcessorTime - before).TotalMilliseconds / Times;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{questions} questions: {watch.Elapsed.TotalMilliseconds / Times:0.0} ms, {processor:0.0} ms of processor"));
    }

    return 0;
}

if (args is not [var list])
{
    Console.Error.WriteLine("usage: Amana.XForms.Batch LIST | --time FILE");
    return 2;
}

foreach (var line in File.ReadLines(list))
{
    if (line.Split('\t') is not [var source, var target, var name])
        continue;
    using var file = File.OpenRead(source);
    var reading = XlsForm.Read(file, source, name.Length == 0 ? null : new XlsFormOptions { RootName = name });
    if (reading.Form is null)
        File.WriteAllLines($"{target}.error", reading.Errors.Select(e => e.ToString()));
    else
        File.WriteAllText(target, XFormWriter.Write(reading.Form));
    if (reading.Warnings.Any())
        File.WriteAllLines($"{target}.warnings", reading.Warnings.Select(w => $"{w.Code}\t{w}"));
}

return 0;
