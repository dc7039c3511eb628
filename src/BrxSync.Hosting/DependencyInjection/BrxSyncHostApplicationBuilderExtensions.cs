using BrxSync.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Embeds the synchronization service in a host.</summary>
public static class BrxSyncHostApplicationBuilderExtensions
{
    /// <summary>
    /// The section of the configuration that <see cref="AddBrxSync(IHostApplicationBuilder, Action{BrxSyncBuilder}?)"/> reads.
    /// </summary>
    public const string SectionName = "BrxSync";

    /// <summary>Embeds the service in a host, with options from the section <c>BrxSync</c> of its configuration.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Makes choices in code, or null.</param>
    /// <returns>The host's builder.</returns>
    public static IHostApplicationBuilder AddBrxSync(this IHostApplicationBuilder builder, Action<BrxSyncBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddBrxSync(builder.Configuration.GetSection(SectionName), configure);
        return builder;
    }
}
