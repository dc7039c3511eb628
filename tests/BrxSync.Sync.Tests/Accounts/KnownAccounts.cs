using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Tests.Accounts;

/// <summary>A store that knows one account, and is only read.</summary>
internal sealed class KnownAccounts : IAccountStore
{
    public AccountRecord? Known { get; set; }

    public Task<AccountRecord?> FindAsync(AccountId id, CancellationToken cancellationToken = default) =>
        Task.FromResult(Known?.Id == id ? Known : null);

    public IAsyncEnumerable<AccountRecord> StreamAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<AccountRecord> SaveConnectionAsync(AccountConnection connection, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<bool> ReplaceSecretsAsync(
        AccountRecord expected, string? token, string? webhookSecret, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task SetStatusAsync(
        AccountId id,
        AccountStatus status,
        string? error,
        DateTimeOffset? syncedAt,
        long? epoch = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<AccountRecord?> SuspendAsync(AccountId id, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<AccountRecord?> SetSafetyStockAsync(
        AccountId id, SafetyStock safetyStock, string? actor, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<AccountRecord?> SetWritesEnabledAsync(AccountId id, bool enabled, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<AccountRecord?> ResumeAsync(AccountId id, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<AccountRecord?> RemoveAsync(AccountId id, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<bool> StopAsync(AccountRecord refused, string reason, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
