using BrxSync.Sync.Abstractions;

namespace BrxSync.Store.Compliance;

/// <summary>What every <see cref="IAccountStore"/> does.</summary>
public abstract class AccountStoreSuite : StoreSuite
{
    private static AccountConnection Connection(AccountId id, string token = "token-1") => new()
    {
        Id = id,
        TokenCiphertext = token,
        WebhookSecretCiphertext = "secret-1",
        CardTraderUserId = 3_000_000_001,
        CardTraderAppId = 77,
        CardTraderAppName = "Àpp \"one\"",
    };

    [Fact]
    public async Task Find_UnknownAccount_IsNull() => (await Store.Accounts.FindAsync(AccountId.Create())).ShouldBeNull();

    [Fact]
    public async Task SaveConnection_NewAccount_IsStoredWhole()
    {
        var id = AccountId.Create();

        var saved = await Store.Accounts.SaveConnectionAsync(Connection(id));

        var expected = new Account
        {
            Id = id,
            TokenCiphertext = "token-1",
            WebhookSecretCiphertext = "secret-1",
            CardTraderUserId = 3_000_000_001,
            CardTraderAppId = 77,
            CardTraderAppName = "Àpp \"one\"",
            Status = AccountStatus.Idle,
        };
        saved.ShouldBe(expected);
        (await Store.Accounts.FindAsync(id)).ShouldBe(expected);
    }

    [Fact]
    public async Task SaveConnection_AfterAFailure_ClearsTheErrorAndKeepsTheHistory()
    {
        var id = AccountId.Create();
        var synced = new DateTimeOffset(2026, 11, 2, 9, 14, 5, 123, 456, TimeSpan.Zero);
        await Store.Accounts.SaveConnectionAsync(Connection(id));
        await Store.Accounts.SetStatusAsync(id, AccountStatus.Active, null, synced);
        await Store.Accounts.SetStatusAsync(id, AccountStatus.Error, "The token was refused.", null);

        var account = await Store.Accounts.SaveConnectionAsync(Connection(id, "token-2"));

        account.TokenCiphertext.ShouldBe("token-2");
        account.Status.ShouldBe(AccountStatus.Idle);
        account.LastError.ShouldBeNull();
        account.LastSyncAt.ShouldBe(synced);
    }

    [Fact]
    public async Task SetStatus_WithoutTime_KeepsTheLastSuccess()
    {
        var id = AccountId.Create();
        var synced = new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
        await Store.Accounts.SaveConnectionAsync(Connection(id));
        await Store.Accounts.SetStatusAsync(id, AccountStatus.Active, null, synced);

        await Store.Accounts.SetStatusAsync(id, AccountStatus.Error, "It broke.", null);

        var account = (await Store.Accounts.FindAsync(id)).ShouldNotBeNull();
        (account.Status, account.LastError, account.LastSyncAt).ShouldBe((AccountStatus.Error, "It broke.", synced));
    }

    [Fact]
    public async Task ReplaceSecrets_TokenChangedMeanwhile_ChangesNothing()
    {
        var id = AccountId.Create();
        await Store.Accounts.SaveConnectionAsync(Connection(id, "newer"));

        (await Store.Accounts.ReplaceSecretsAsync(id, "token-1", "re-encrypted", null)).ShouldBeFalse();
        (await Store.Accounts.FindAsync(id))!.TokenCiphertext.ShouldBe("newer");
        (await Store.Accounts.ReplaceSecretsAsync(id, "newer", "re-encrypted", "secret-2")).ShouldBeTrue();
        (await Store.Accounts.FindAsync(id))!.TokenCiphertext.ShouldBe("re-encrypted");
    }

    [Fact]
    public async Task Stream_SeveralAccounts_GivesEachOnceInOrder()
    {
        var ids = Enumerable.Range(0, 25).Select(_ => new AccountId(Guid.NewGuid())).ToArray();
        foreach (var id in ids)
        {
            await Store.Accounts.SaveConnectionAsync(Connection(id));
        }

        var streamed = new List<string>();
        await foreach (var account in Store.Accounts.StreamAsync())
        {
            streamed.Add(account.Id.ToString());
        }

        streamed.ShouldBe(ids.Select(id => id.ToString()).Order(StringComparer.Ordinal));
    }
}
