using System.Text;
using BrxSync.Client.Webhooks;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Tests.Accounts;
using BrxSync.Sync.Webhooks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Sync.Tests.Webhooks;

public sealed class SignedWebhooksTests
{
    private const string Secret = "0123456789abcdef";

    private static readonly TimeSpan RealTimeLimit = TimeSpan.FromSeconds(30);
    private static readonly byte[] Body =
    [
        .. """{"id":"one","time":1700000000,"cause":"order.destroy","object_class":"Order","object_id":1000,"mode":"live","data":{}}"""u8,
    ];

    private readonly InboxStore _store = new();
    private readonly WebhookIntakeOptions _options = new();
    private readonly KnownAccounts _accounts = new();
    private readonly FernetSecretProtector _protector = Protector(EncryptionKey.Generate());
    private readonly AccountId _account = AccountId.Create();

    public SignedWebhooksTests() => Know(_protector.Protect(Secret));

    private static FernetSecretProtector Protector(string key) =>
        new(Options.Create(new EncryptionOptions { Keys = [key] }), new FakeTimeProvider());

    private SignedWebhooks Webhooks => new(_accounts, new AccountSecrets(_protector), WebhookParts.Intake(_store, _options));

    private void Know(string? secret) => _accounts.Known = new AccountRecord { Id = _account, WebhookSecretCiphertext = secret };

    private async Task<WebhookResult> RefusedAsync(byte[] body, string? signature)
    {
        var result = await Webhooks.ReceiveAsync(_account, body, signature);
        (result.IsAccepted, result.Receipt).ShouldBe((false, null));
        _store.Begun.TryRead(out _).ShouldBeFalse();
        return result;
    }

    [Fact]
    public async Task Receive_RightSignature_IsStoredAndSaysSo()
    {
        var result = await Webhooks.ReceiveAsync(_account, Body, WebhookSignature.Compute(Body, Secret));

        result.IsAccepted.ShouldBeTrue();
        (result.Receipt, result.Refusal, result.Fault).ShouldBe((new DeliveryReceipt("one", DeliveryOutcome.NothingToDo), null, null));
        _store.CommittedIds.ShouldBe(["one"]);
    }

    [Fact]
    public async Task Receive_SecretThatWasStoredAsItIs_IsUsed()
    {
        Know(Secret);

        (await Webhooks.ReceiveAsync(_account, Body, WebhookSignature.Compute(Body, Secret))).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public async Task Receive_SecondTime_IsAcceptedAsADuplicate()
    {
        var webhooks = Webhooks;
        await webhooks.ReceiveAsync(_account, Body, WebhookSignature.Compute(Body, Secret));

        var again = await webhooks.ReceiveAsync(_account, Body, WebhookSignature.Compute(Body, Secret));

        again.IsAccepted.ShouldBeTrue();
        again.Receipt.IsDuplicate.ShouldBeTrue();
        _store.CommittedIds.ShouldBe(["one"]);
    }

    [Fact]
    public async Task Receive_UnknownAccount_IsThrown()
    {
        var other = AccountId.Create();

        var exception = await Should.ThrowAsync<AccountUnknownException>(
            () => Webhooks.ReceiveAsync(other, Body, WebhookSignature.Compute(Body, Secret)));

        exception.Message.ShouldContain(other.ToString());
    }

    [Fact]
    public async Task Receive_AccountWithoutASecret_IsRefused()
    {
        Know(null);

        (await RefusedAsync(Body, WebhookSignature.Compute(Body, Secret))).Refusal.ShouldBe(WebhookRefusal.NoSecret);
    }

    [Fact]
    public async Task Receive_SecretOfAnotherKey_IsThrownAndNotShown()
    {
        var ciphertext = Protector(EncryptionKey.Generate()).Protect(Secret);
        Know(ciphertext);

        var exception = await Should.ThrowAsync<SecretUnreadableException>(
            () => Webhooks.ReceiveAsync(_account, Body, WebhookSignature.Compute(Body, Secret)));

        exception.Fault.ShouldBe(SecretFault.NoMatchingKey);
        exception.Message.ShouldNotContain(Secret);
        exception.Message.ShouldNotContain(ciphertext);
        _store.Begun.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Receive_EmptyBody_IsRefused() => (await RefusedAsync([], "signature")).Refusal.ShouldBe(WebhookRefusal.EmptyBody);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Receive_NoSignature_IsRefused(string? signature) =>
        (await RefusedAsync(Body, signature)).Refusal.ShouldBe(WebhookRefusal.NoSignature);

    [Fact]
    public async Task Receive_WrongSignature_IsRefusedWhateverTheBody()
    {
        var right = WebhookSignature.Compute(Body, Secret);
        (byte[] Body, string Signature)[] wrong =
        [
            (Body, WebhookSignature.Compute(Body, Secret + "0")),
            ([.. Body, (byte)' '], right),
            (Body, right + " "),
            (Body, right.TrimEnd('=')),
            (Body, "\u00e9" + right[1..]),
            ("no JSON"u8.ToArray(), right),
        ];

        foreach (var (body, signature) in wrong)
        {
            (await RefusedAsync(body, signature)).Refusal.ShouldBe(WebhookRefusal.WrongSignature, signature);
        }
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"","time":1700000000,"cause":"order.destroy"}""")]
    [InlineData("""{"id":"one","cause":"order.destroy"}""")]
    public async Task Receive_SignedBodyThatIsNoDelivery_IsRefusedWithItsFault(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);

        var result = await RefusedAsync(body, WebhookSignature.Compute(body, Secret));

        result.Refusal.ShouldBe(WebhookRefusal.UnreadableBody);
        result.Fault.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task Receive_LongId_IsAcceptedUpToItsLimit(int length, bool isAccepted)
    {
        var receive = ReceiveAsync(Webhooks, new string('i', length));

        if (isAccepted)
        {
            (await receive).IsAccepted.ShouldBeTrue();
            return;
        }

        await Should.ThrowAsync<ArgumentException>(() => receive);
        _store.Begun.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Receive_QueueIsFull_IsThrownAsTransient()
    {
        _options.QueueLimit = 1;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.BeforeCommit = _ => release.Task;
        var webhooks = Webhooks;
        var first = ReceiveAsync(webhooks, "first");
        await _store.Begun.ReadAsync().AsTask().WaitAsync(RealTimeLimit);
        var second = ReceiveAsync(webhooks, "second");

        var exception = await Should.ThrowAsync<WebhookQueueFullException>(() => ReceiveAsync(webhooks, "third"));

        exception.IsTransient.ShouldBeTrue();
        release.SetResult();
        (await Task.WhenAll(first, second)).ShouldAllBe(result => result.IsAccepted);
        _store.CommittedIds.ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task Receive_CallerThatGivesUp_TheDeliveryIsAppliedAllTheSame()
    {
        using var cancelled = new CancellationTokenSource();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.BeforeCommit = _ => release.Task;
        var webhooks = Webhooks;
        var given = ReceiveAsync(webhooks, "given up", cancelled.Token);
        await _store.Begun.ReadAsync().AsTask().WaitAsync(RealTimeLimit);

        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given);
        release.SetResult();
        await ReceiveAsync(webhooks, "next");

        _store.CommittedIds.ShouldBe(["given up", "next"]);
    }

    private Task<WebhookResult> ReceiveAsync(SignedWebhooks webhooks, string id, CancellationToken cancellationToken = default)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","time":1700000000,"cause":"order.destroy","object_id":1}""");
        return webhooks.ReceiveAsync(_account, body, WebhookSignature.Compute(body, Secret), cancellationToken)
            .WaitAsync(RealTimeLimit, CancellationToken.None);
    }
}
