using System.Reflection;
using BrxSync.Hosting;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>
/// A process that something happens to at a point that can be chosen: before or after any commit, read or write of the store, before a call
/// is sent, or when its answer is there.
/// </summary>
internal sealed class DyingProcess
{
    private readonly Lock _gate = new();
    private int _left = -1;
    private Mishap _mishap;
    private CancellationTokenSource _stop = new();

    /// <summary>Gets whether it is over with the process.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Gets whether it happened.</summary>
    public bool HasHappened { get; private set; }

    /// <summary>Gets what the host stops the process with.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Puts the points into the calls of each process that is built.</summary>
    public static void AroundCalls(BrxSyncBuilder brx) =>
        brx.HttpClient.AddHttpMessageHandler(services => new CallHandler(services.GetRequiredService<DyingProcess>()));

    /// <summary>Puts the points into the stores of each process that is built.</summary>
    public static void AroundStores(IServiceCollection services)
    {
        services.AddSingleton<DyingProcess>();
        Decorate<IStockStore>(services);
        Decorate<IChangeStore>(services);
    }

    /// <summary>Chooses the point, counted from here.</summary>
    public void Plan(int points, Mishap mishap)
    {
        lock (_gate)
        {
            (_left, _mishap, HasHappened, _stop) = (points, mishap, false, new CancellationTokenSource());
        }
    }

    /// <summary>Comes to a point.</summary>
    public void Pass(bool isStore)
    {
        lock (_gate)
        {
            if (IsDead)
            {
                throw new ProcessEndedException();
            }

            if (_left < 0 || _left-- > 0)
            {
                return;
            }

            HasHappened = true;
        }

        switch (_mishap)
        {
            case Mishap.Dies:
                IsDead = true;
                throw new ProcessEndedException();
            case Mishap.LosesDatabase when isStore:
                throw new IOException("The database cannot be reached.");
            case Mishap.IsStopped:
                _stop.Cancel();
                break;
        }
    }

    private static void Decorate<T>(IServiceCollection services)
        where T : class
    {
        var known = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(known);
        services.AddSingleton(provider => StoreProxy<T>.Around(
            (T)(known.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, known.ImplementationType!)),
            provider.GetRequiredService<DyingProcess>()));
    }

    private sealed class CallHandler(DyingProcess process) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            process.Pass(isStore: false);
            var response = await base.SendAsync(request, cancellationToken);
            process.Pass(isStore: false);
            return response;
        }
    }

    private sealed class DyingSession(IStockSession session, DyingProcess process) : IStockSession
    {
        public Task<LoadedBooks> LoadAsync(StockScope scope, CancellationToken cancellationToken = default) =>
            session.LoadAsync(scope, cancellationToken);

        public Task<long> AddItemAsync(ItemDetails item, CancellationToken cancellationToken = default) =>
            session.AddItemAsync(item, cancellationToken);

        public async Task SaveAsync(StockWrites writes, CancellationToken cancellationToken = default)
        {
            process.Pass(isStore: true);
            await session.SaveAsync(writes, cancellationToken);
            process.Pass(isStore: true);
        }

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }

    private class StoreProxy<T> : DispatchProxy
        where T : class
    {
        private T _inner = null!;
        private DyingProcess _process = null!;

        public static T Around(T inner, DyingProcess process)
        {
            var proxy = Create<T, StoreProxy<T>>();
            ((StoreProxy<T>)(object)proxy)._inner = inner;
            ((StoreProxy<T>)(object)proxy)._process = process;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _process.Pass(isStore: true);
            try
            {
                var result = targetMethod!.Invoke(_inner, args);
                return result is Task<IStockSession> session ? OpenAsync(session) : result;
            }
            catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
            {
                throw inner;
            }
        }

        private async Task<IStockSession> OpenAsync(Task<IStockSession> session) => new DyingSession(await session, _process);
    }
}
