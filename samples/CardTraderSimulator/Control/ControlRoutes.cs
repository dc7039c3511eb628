namespace BrxSync.Simulator.Control;

/// <summary>Binds calls of the control interface.</summary>
internal sealed class ControlRoutes(IEndpointRouteBuilder routes, string root)
{
    public void Get(string path, Func<ControlCall, object?> handle) => Map(HttpMethods.Get, path, call => Task.FromResult(handle(call)));

    public void Post(string path, Func<ControlCall, object?> handle) => Map(HttpMethods.Post, path, call => Task.FromResult(handle(call)));

    public void PostAsync(string path, Func<ControlCall, Task<object?>> handle) => Map(HttpMethods.Post, path, handle);

    public void Put(string path, Func<ControlCall, object?> handle) => Map(HttpMethods.Put, path, call => Task.FromResult(handle(call)));

    public void Delete(string path, Func<ControlCall, object?> handle) =>
        Map(HttpMethods.Delete, path, call => Task.FromResult(handle(call)));

    private void Map(string method, string path, Func<ControlCall, Task<object?>> handle) =>
        routes.MapMethods(root + path, [method], context => ControlCall.RunAsync(context, handle));
}
