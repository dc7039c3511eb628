using BrxSync.Client;
using BrxSync.Integration.Tests.MySql;
using BrxSync.Sync.Adapters.Redis;
using BrxSync.Sync.Catalog;
using BrxSync.Testing;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BrxSync.Integration.Tests.Redis;

/// <summary>What processes share of the catalogue's answers.</summary>
public sealed class RedisCatalogCacheTests : IDisposable
{
    private readonly string prefix = $"test-{Guid.NewGuid():N}";
    private readonly List<RedisConnection> connections = [];

    public static TheoryData<bool> Deployments => [false, true];

    public void Dispose() => connections.ForEach(connection => connection.Dispose());

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task GetManyAsync_WhatAnotherProcessStored_IsFoundInOrder(bool isCluster)
    {
        var address = isCluster ? ServerEnvironment.RedisCluster : ServerEnvironment.Redis;
        var (one, other) = (Open(address), Open(address));
        var mapped = CatalogMatch.Mapped(new CatalogPrint("cards_prints", 17));
        var excluded = CatalogMatch.Excluded(new CatalogPrint("sealed_products", long.MaxValue));
        await one.SetManyAsync("cards", [Entry(1, mapped), Entry(2, excluded), Entry(3, CatalogMatch.Unknown)]);

        var found = await other.GetManyAsync("cards", [.. new[] { 3, 4, 1, 2 }.Select(id => new BlueprintId(id))]);

        found.ShouldBe([CatalogMatch.Unknown, null, mapped, excluded]);
        (await other.GetManyAsync("cards,-prints", [new BlueprintId(1)])).ShouldBe([null], "another catalogue");
    }

    [Fact]
    public async Task GetManyAsync_SomethingUnreadable_IsNoAnswer()
    {
        var cache = Open(ServerEnvironment.Redis);
        await cache.SetManyAsync("cards", [Entry(1, CatalogMatch.Unknown)]);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(ServerEnvironment.Redis);
        await foreach (var key in connection.GetServers()[0].KeysAsync(pattern: $"{prefix}:catalog:*"))
        {
            (await connection.GetDatabase().KeyTimeToLiveAsync(key))!.Value.ShouldBeInRange(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
            await connection.GetDatabase().StringSetAsync(key, "mapped|cards_prints|many");
        }

        (await cache.GetManyAsync("cards", [new BlueprintId(1)])).ShouldBe([null]);
    }

    [Fact]
    public async Task GetManyAsync_RedisAway_FailsAtOnceAndWorksAgain()
    {
        await using var relay = new Relay("127.0.0.1", RedisLimiters.PortOf(ServerEnvironment.Redis));
        var time = new ManualTimeProvider();
        var cache = Open($"127.0.0.1:{relay.Port}", time);
        await cache.SetManyAsync("cards", [Entry(1, CatalogMatch.Unknown)]);
        relay.Cut();

        await Should.ThrowAsync<RedisException>(() => cache.GetManyAsync("cards", [new BlueprintId(1)]));

        relay.Mend();
        time.Advance(TimeSpan.FromSeconds(5));
        await RedisLimiters.WhenConnectedAsync(connections[0]);
        (await cache.GetManyAsync("cards", [new BlueprintId(1)])).ShouldBe([CatalogMatch.Unknown]);
    }

    private static CatalogCacheEntry Entry(long id, CatalogMatch match) => new(new BlueprintId(id), match, TimeSpan.FromHours(1));

    private RedisCatalogCache Open(string address, TimeProvider? time = null)
    {
        var options = Options.Create(new RedisOptions { ConnectionString = address, KeyPrefix = prefix });
        connections.Add(new RedisConnection(options, TimeProvider.System));
        return new RedisCatalogCache(connections[^1], options, time ?? TimeProvider.System);
    }
}
