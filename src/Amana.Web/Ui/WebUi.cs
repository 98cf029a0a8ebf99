using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Amana.Features.Texts;
using Amana.Web.Activities;
using Amana.Web.Hosting;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;

namespace Amana.Web.Ui;

/// <summary>The host's pages: Razor Pages in one folder per subject, texts, language, the pages' own files.</summary>
public static class WebUi
{
    public static IServiceCollection AddWebUi(this IServiceCollection services, IHostEnvironment environment)
    {
        // Nothing may be formatted by the machine's own culture: texts do it by the reader's language.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => Texts.Load(typeof(Texts).Assembly, Assembly.GetExecutingAssembly()));
        services.AddSingleton<Assets>();
        services.AddSingleton<Navigation>();
        services.AddScoped<PageTexts>();
        services.AddScoped<Shell>();
        services.AddScoped<MendLinks>();
        services.AddScoped<ActivityFrame>();
        services.AddScoped<Findings>();
        // Arabic and French go out as letters, not as numeric references: a third of the size.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRazorPages(options =>
        {
            options.RootDirectory = "/";
            options.Conventions.Add(new PageRouteTransformerConvention(new KebabCase()));
            if (!environment.IsDevelopment()) options.Conventions.AddPageRouteModelConvention("/Ui/Guide", static page => page.Selectors.Clear());
        }).AddMvcOptions(static options =>
        {
            options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            BindingMessages.Apply(options.ModelBindingMessageProvider);
        }).AddRazorOptions(static options => options.ViewLocationFormats.Add("/Ui/{0}.cshtml"));
        services.Configure<Microsoft.AspNetCore.Mvc.Razor.RazorViewEngineOptions>(static options => options.PageViewLocationFormats.Add("/Ui/{0}.cshtml"));
        return services;
    }

    public static void UseWebUi(this WebApplication app) => app.UseMiddleware<LanguageChoice>();

    public static void MapWebUi(this WebApplication app)
    {
        app.MapMethods(Assets.Root + "{**name}", ["GET", "HEAD"], static (HttpContext context, string name, Assets assets) => assets.Answer(context, name))
            .AllowAnonymous().WithMetadata(new NoPersonalDataAttribute(), new NeedsNoStoreAttribute());
        app.MapGet("/exit", QuickExit.Go).AllowAnonymous().WithMetadata(new NoPersonalDataAttribute(), new NeedsNoStoreAttribute());
        app.MapRazorPages();
    }
}
