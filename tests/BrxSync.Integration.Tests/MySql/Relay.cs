using System.Net;
using System.Net.Sockets;

namespace BrxSync.Integration.Tests.MySql;

/// <summary>
/// A wire to a server that a test can cut and mend: cut, every connection breaks in the middle of what it does, and new ones are refused,
/// as when the server's process ends.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly IPEndPoint _server;
    private readonly List<Socket> _sockets = [];
    private readonly Lock _gate = new();
    private Socket? _listener;
    private TaskCompletionSource _passing = new();
    private volatile Task _pass = Task.CompletedTask;

    public Relay(string host, int port)
    {
        _server = new IPEndPoint(Dns.GetHostAddresses(host)[0], port);
        Mend();
    }

    public int Port { get; private set; }

    /// <summary>Told of every chunk that goes to the server, before it goes.</summary>
    public Action<ReadOnlyMemory<byte>> OnSend { get; set; } = _ => { };

    /// <summary>Keeps answers of the server back until <see cref="Release"/>.</summary>
    public void Hold()
    {
        _passing = new TaskCompletionSource();
        _pass = _passing.Task;
    }

    /// <summary>Lets answers through again, and those that were kept back.</summary>
    public void Release() => _passing.TrySetResult();

    public void Cut()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _sockets.ForEach(socket => socket.Dispose());
            _sockets.Clear();
        }
    }

    public void Mend()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen();
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync();
                var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(_server);
                lock (_gate)
                {
                    _sockets.AddRange([client, server]);
                }

                _ = PumpAsync(client, server, chunk => OnSend(chunk), () => Task.CompletedTask);
                _ = PumpAsync(server, client, _ => { }, () => _pass);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, Action<ReadOnlyMemory<byte>> seen, Func<Task> mayPass)
    {
        var buffer = new byte[65536];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                seen(buffer.AsMemory(0, count));
                await mayPass();
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut.
        }

        to.Dispose();
    }
}
