using Amana.Web.Api;
using Amana.Web.Capture;
using Amana.Web.Feeds;
using Amana.Web.Hosting;
using Amana.Web.OpenRosa;
using Amana.Web.Security;
using Amana.Web.Ui;

if (args is ["--help" or "-h"])
{
    await Console.Out.WriteLineAsync(HostChoices.Usage);
    return 0;
}

if (!HostChoices.TryRead(args, out var choices, out var problem))
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

var builder = WebApplication.CreateBuilder([.. choices.Framework]);
builder.AddHouse(choices);
builder.Services.AddWebSecurity(choices.Provider);
builder.Services.AddWebUi(builder.Environment);
builder.Services.AddOpenRosa().AddApi();
builder.Services.AddCapture();

var app = builder.Build();
app.UseHeadersAndErrorPages();
app.UseWebUi();
app.UseGuards();
app.MapWebUi();
app.MapOpenRosa();
app.MapCapture();
app.MapSignIn();
app.MapApi();
app.MapOutsiders();
try
{
    await app.RunAsync();
}
catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{choices.Urls} is in use by another program; choose another with --urls.");
    return 1;
}

return Environment.ExitCode;

/// <summary>The web host; public so that tests can start it.</summary>
public partial class Program;
