using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.Jobs;

/// <summary>
/// Tells whether the host is gone. One that is disposed without being stopped leaves its scheduler running for a moment, which then
/// finds no services for what comes due: that is no failure.
/// </summary>
internal sealed class HostEnd(IServiceProvider services)
{
    public bool HasCome
    {
        get
        {
            try
            {
                return services.GetService(typeof(IServiceProviderIsService)) is null;
            }
            catch (ObjectDisposedException)
            {
                return true;
            }
        }
    }
}
