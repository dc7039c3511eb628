using BrxSync.Sync.Changes.Blueprints;

namespace BrxSync.Sync.Tests.Changes.Blueprints;

/// <summary>One call at a time for each thing, whoever needs it.</summary>
public sealed class SharedCallsTests
{
    private readonly SharedCalls<int, string> _calls = new();

    [Fact]
    public async Task Ask_WhileSomebodyAsks_GetsTheSameAnswer()
    {
        var answer = new TaskCompletionSource<string>();
        var asked = 0;

        var all = Enumerable.Range(0, 20).Select(_ => _calls.AskAsync(1, Ask, default)).ToArray();
        answer.SetResult("x");

        (await Task.WhenAll(all)).ShouldAllBe(given => given == "x");
        asked.ShouldBe(1);

        Task<string> Ask()
        {
            asked++;
            return answer.Task;
        }
    }

    [Fact]
    public async Task Ask_Later_AsksAgain()
    {
        (await _calls.AskAsync(1, () => Task.FromResult("x"), default)).ShouldBe("x");
        (await _calls.AskAsync(1, () => Task.FromResult("y"), default)).ShouldBe("y");
    }

    [Fact]
    public async Task Ask_WhileOneFails_AsksItself()
    {
        var answer = new TaskCompletionSource<string>();
        var failing = _calls.AskAsync(1, () => answer.Task, default);
        var joined = _calls.AskAsync(1, () => Task.FromResult("mine"), default);

        answer.SetException(new InvalidOperationException("refused"));

        await Should.ThrowAsync<InvalidOperationException>(() => failing);
        (await joined).ShouldBe("mine");
    }

    [Fact]
    public async Task Ask_CancelledWhileItWaits_EndsAlone()
    {
        var answer = new TaskCompletionSource<string>();
        using var cancellation = new CancellationTokenSource();
        var asking = _calls.AskAsync(1, () => answer.Task, default);
        var joined = _calls.AskAsync(1, () => Task.FromResult("mine"), cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => joined);
        answer.SetResult("x");
        (await asking).ShouldBe("x");
    }
}
