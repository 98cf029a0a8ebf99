using System.Diagnostics;
using System.Globalization;
using Amana.XForms;

// Converts many forms in one process, for comparing with other converters and for timing:
//   Amana.XForms.Batch LIST          LIST has lines in<TAB>out<TAB>name; a refused form writes its problems to out.error
//   Amana.XForms.Batch --time FILE   converts the file again and again and prints the median, in milliseconds
if (args is ["--time", var timed])
{
    var bytes = File.ReadAllBytes(timed);
    var times = new List<double>();
    for (var i = 0; i < 60; i++)
    {
        var watch = Stopwatch.StartNew();
        var reading = XlsForm.Read(new MemoryStream(bytes), timed);
        var read = watch.Elapsed.TotalMilliseconds;
        var text = reading.Form is null ? string.Empty : XFormWriter.Write(reading.Form);
        times.Add(watch.Elapsed.TotalMilliseconds);
        if (i == 59)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reading.Form?.Questions.Count} questions, {text.Length} characters, last: read {read:0.0} ms of {times[^1]:0.0} ms"));
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first {times[0]:0.0} ms, median of the last 30: {times.Skip(30).Order().ElementAt(15):0.0} ms"));
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
}

return 0;
