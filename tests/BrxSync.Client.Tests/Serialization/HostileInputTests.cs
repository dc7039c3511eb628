using System.Text.Json;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Webhooks;
using BrxSync.Client.Wishlists;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.Serialization;

/// <summary>Broken and hostile bodies give a value or an error that says so, never any other exception.</summary>
public sealed class HostileInputTests
{
    private const int Rounds = 20_000;
    private const int Seed = 20261122;

    private const string Job =
        """{"uuid":"a","state":"completed","stats":{"ok":1},"results":[{"result":"error","job_index":1,"errors":{"blueprint_id":["is not known"]}},{"result":"warning","job_index":2,"product_id":5,"warnings":{"properties":{"mtg_foil":["ignored"]}}}],"started_at":"2026-11-02T09:14:05.000Z"}""";
    private const string Write =
        """{"result":"ok","warnings":{"properties":{"a":["b"]}},"resource":{"id":1,"quantity":3,"bundle_size":1,"description":null,"graded":0,"blueprint_id":5,"price":{"cents":30,"currency":"EUR"},"properties":{"condition":"Near Mint"}}}""";
    private const string Offers =
        """{"58314":[{"id":1,"price":{"cents":36,"currency":"EUR","formatted":"0.36"},"properties_hash":{"a":true},"expansion":{"id":979},"user":{"id":7,"username":"x"},"graded":null}]}""";
    private const string Cart =
        """{"id":1,"subtotal":{"cents":72,"currency":"EUR"},"subcarts":[{"id":2,"seller":{"id":7},"cart_items":[{"quantity":2,"price_cents":36,"price_currency":"EUR","product":{"id":1,"name_en":"x"}}]}]}""";
    private const string Wishlist = """{"id":12,"name":"Cube","items":[{"quantity":1,"language":"null","foil":"false","reverse":null}]}""";

    private static readonly byte[] Webhook =
        File.ReadAllBytes(RepositoryPaths.At("tests", "BrxSync.Client.Tests", "Fixtures", "Webhooks", "order-update.json"));

    [Fact]
    public void TryParse_ManyBrokenWebhooks_NeverThrows()
    {
        var read = 0;
        foreach (var body in Mutations(Webhook))
        {
            var parsed = WebhookParser.TryParse(body, out var webhook, out var fault);

            (webhook is not null).ShouldBe(parsed);
            (fault is null).ShouldBe(parsed);
            read += parsed ? 1 : 0;
        }

        read.ShouldBeInRange(Rounds / 20, Rounds - 1);
    }

    [Theory]
    [InlineData("job", Job)]
    [InlineData("write", Write)]
    [InlineData("offers", Offers)]
    [InlineData("cart", Cart)]
    [InlineData("wishlist", Wishlist)]
    public void Read_ManyBrokenAnswers_ThrowsNothingButJsonExceptions(string kind, string json)
    {
        Func<JsonElement, object> read = kind switch
        {
            "job" => element => JobReader.Read(element, new JobId("a")),
            "write" => ProductAnswers.ReadWriteResult,
            "offers" => MarketplaceReader.ReadOffers,
            "cart" => MarketplaceReader.ReadCart,
            _ => WishlistReader.Read,
        };
        var count = 0;
        foreach (var body in Mutations(System.Text.Encoding.UTF8.GetBytes(json)))
        {
            try
            {
                read(JsonElement.Parse(body.AsSpan())).ShouldNotBeNull();
                count++;
            }
            catch (JsonException)
            {
                // What a caller is told of as an unusable answer.
            }
        }

        count.ShouldBeInRange(Rounds / 50, Rounds - 1);
    }

    // One to three bytes changed, removed or doubled; sometimes the text of a value is replaced by another kind of value.
    private static IEnumerable<byte[]> Mutations(byte[] original)
    {
        byte[][] values = [.. new[]
        {
            "null", "[]", "{}", "\"\"", "-1", "1e99", "99999999999999999999", "true", "\"\\ud800\"",
        }.Select(System.Text.Encoding.UTF8.GetBytes)];
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var body = original.ToList();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var at = random.Next(body.Count);
                switch (random.Next(5))
                {
                    case 0:
                        body[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        body.RemoveAt(at);
                        break;
                    case 2:
                        body.Insert(at, body[at]);
                        break;
                    default:
                        ReplaceValue(body, values[random.Next(values.Length)], at);
                        break;
                }
            }

            yield return [.. body];
        }
    }

    private static void ReplaceValue(List<byte> body, byte[] value, int from)
    {
        var start = body.IndexOf((byte)':', from);
        if (start < 0)
        {
            return;
        }

        var end = start + 1;
        while (end < body.Count && body[end] is not ((byte)',' or (byte)'}'))
        {
            end++;
        }

        body.RemoveRange(start + 1, end - start - 1);
        body.InsertRange(start + 1, value);
    }
}
