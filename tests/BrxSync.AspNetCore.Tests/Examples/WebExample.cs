// example: web
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
// end

namespace BrxSync.AspNetCore.Tests.Examples;

/// <summary>The example of the package's README.</summary>
internal static class WebExample
{
    public static WebApplication Build(string[] args)
    {
        // example: web
        var builder = WebApplication.CreateBuilder(args);
        builder.AddBrxSync();

        var app = builder.Build();
        app.MapBrxSync();
        // end

        return app;
    }
}
