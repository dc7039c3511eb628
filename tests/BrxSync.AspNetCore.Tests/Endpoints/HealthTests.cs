using System.Net;
using System.Text.Json;
using BrxSync.AspNetCore.Tests.Examples;
using Microsoft.AspNetCore.Builder;

namespace BrxSync.AspNetCore.Tests.Endpoints;

public sealed class HealthTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("brxsync-web-");
    private WebApplication app = null!;
    private HttpClient client = null!;

    private string Database => Path.Combine(folder.FullName, "stock.db");

    public async Task InitializeAsync()
    {
        app = WebExample.Build(["--urls=http://127.0.0.1:0", $"--BrxSync:Sqlite:Path={Database}", "--Logging:LogLevel:Default=None"]);
        await app.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    public async Task Health_WithAStoreThatAnswers_IsHealthy(string path)
    {
        using var body = JsonDocument.Parse(await client.GetStringAsync(path));

        body.RootElement.GetProperty("status").GetString().ShouldBe("healthy");
    }

    [Fact]
    public async Task HealthLive_OfARunningProcess_AnswersWithoutAskingTheStore() =>
        (await client.GetStringAsync("/health/live")).ShouldBe("""{"status":"alive"}""");

    [Fact]
    public async Task HealthReady_StoreThatIsGone_Is503WithoutDetails()
    {
        await client.GetAsync("/health/ready");
        foreach (var file in folder.EnumerateFiles())
        {
            await File.WriteAllTextAsync(file.FullName, "not a database any more");
        }

        var answer = await client.GetAsync("/health/ready");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldNotContain("Exception");
        text.ShouldNotContain(folder.FullName);
        (await client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
