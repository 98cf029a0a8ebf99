using Amana.Web.Security;
using Amana.Web.Ui;

var builder = WebApplication.CreateBuilder(args);
if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls("http://127.0.0.1:5080");
builder.Services.AddWebSecurity();
builder.Services.AddWebUi(builder.Environment);

var app = builder.Build();
app.UseHeadersAndErrorPages();
app.UseWebUi();
app.UseGuards();
app.MapWebUi();
await app.RunAsync();

/// <summary>The web host; public so that tests can start it.</summary>
public partial class Program;
