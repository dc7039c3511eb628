namespace BrxSync.Simulator.Http;

/// <summary>Binds calls to their endpoints.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes)
{
    public void Get(string path, Func<ApiCall, Task> handler) => Map(HttpMethods.Get, path, handler);

    public void Post(string path, Func<ApiCall, Task> handler) => Map(HttpMethods.Post, path, handler);

    public void Put(string path, Func<ApiCall, Task> handler) => Map(HttpMethods.Put, path, handler);

    public void Patch(string path, Func<ApiCall, Task> handler) => Map(HttpMethods.Patch, path, handler);

    public void Delete(string path, Func<ApiCall, Task> handler) => Map(HttpMethods.Delete, path, handler);

    private void Map(string method, string path, Func<ApiCall, Task> handler) =>
        routes.MapMethods(MarketplacePipeline.Root + path, [method], context => handler(context.Features.Get<ApiCall>()!));
}
