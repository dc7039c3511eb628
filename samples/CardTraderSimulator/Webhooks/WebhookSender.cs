using System.Net.Http.Headers;
using System.Threading.Channels;

namespace BrxSync.Simulator.Webhooks;

/// <summary>Posts webhooks, those of one account one after the other.</summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly Action<WebhookDelivery, int?> onSent;
    private readonly Lock gate = new();
    private readonly Dictionary<SimulatedSeller, Channel<WebhookDelivery>> channels = [];
    private readonly List<Task> loops = [];
    private readonly CancellationTokenSource stopping = new();
    private TaskCompletionSource? idle;
    private int underWay;

    public WebhookSender(HttpMessageHandler? transport, Action<WebhookDelivery, int?> onSent)
    {
        http = new HttpClient(transport ?? new SocketsHttpHandler(), disposeHandler: transport is null);
        http.Timeout = TimeSpan.FromSeconds(30);
        this.onSent = onSent;
    }

    public void Enqueue(WebhookDelivery delivery)
    {
        lock (gate)
        {
            if (stopping.IsCancellationRequested)
            {
                return;
            }

            underWay++;
            if (!channels.TryGetValue(delivery.Account, out var channel))
            {
                channels[delivery.Account] = channel = Channel.CreateUnbounded<WebhookDelivery>();
                loops.Add(Task.Run(() => RunAsync(channel.Reader)));
            }

            channel.Writer.TryWrite(delivery);
        }
    }

    /// <summary>Completes when nothing is being sent.</summary>
    public Task WhenIdleAsync()
    {
        lock (gate)
        {
            return underWay == 0
                ? Task.CompletedTask
                : (idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            stopping.Cancel();
            foreach (var channel in channels.Values)
            {
                channel.Writer.TryComplete();
            }
        }

        await Task.WhenAll(loops).ConfigureAwait(false);
        http.Dispose();
        stopping.Dispose();
    }

    private async Task RunAsync(ChannelReader<WebhookDelivery> reader)
    {
        await foreach (var delivery in reader.ReadAllAsync().ConfigureAwait(false))
        {
            var status = await PostAsync(delivery).ConfigureAwait(false);
            onSent(delivery, status);
            lock (gate)
            {
                if (--underWay == 0)
                {
                    idle?.TrySetResult();
                    idle = null;
                }
            }
        }
    }

    private async Task<int?> PostAsync(WebhookDelivery delivery)
    {
        if (delivery.Account.WebhookUrl is not { } url)
        {
            return null;
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            request.Content = new ReadOnlyMemoryContent(delivery.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.TryAddWithoutValidation("Signature", delivery.Signature);
            using var response = await http.SendAsync(request, stopping.Token).ConfigureAwait(false);
            return (int)response.StatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
