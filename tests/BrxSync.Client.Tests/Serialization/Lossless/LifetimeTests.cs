using System.Text.Json;
using BrxSync.Client.Catalog;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Tests.Serialization.Lossless;

/// <summary>What was read outlives the document it was read from.</summary>
public sealed class LifetimeTests
{
    // A text, an object and an array: under an unknown key, and under a known one.
    private static readonly int[] Kinds = [0, 8, 9, Mutation.Kinds, Mutation.Kinds + 8, Mutation.Kinds + 9];

    public static TheoryData<string> Names => [.. Answer.All.Select(answer => answer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_DocumentIsDisposed_AllIsStillThere(string name)
    {
        var answer = Answer.All.Single(answer => answer.Name == name);
        var places = Mutation.CountValues(answer.Body);
        for (var place = 0; place < places; place++)
        {
            foreach (var kind in Kinds)
            {
                Compare(answer, Mutation.Apply(answer.Body, [new Mutation(place, kind)]));
            }
        }
    }

    [Fact]
    public void Read_RowIsUnreadable_IsStillThere()
    {
        using var document = JsonDocument.Parse("""[{"id": 1}, {"id": "x"}]""");

        var rows = TolerantList.Read(document.RootElement, "rows", CatalogReader.ReadExpansion, "GET /rows");
        document.Dispose();

        rows.Unreadable.ShouldHaveSingleItem().Value.GetRawText().ShouldBe("""{"id": "x"}""");
    }

    [Fact]
    public void Parse_AnswerWasRead_IsDisposed()
    {
        var errors = new CallErrors(new ApiCall(HttpMethod.Get, "/info"), new CardTraderToken(TestClient.TokenText));
        var answer = new UnreadAnswer(JsonBody.Parse("{}"u8.ToArray(), errors), errors);

        var element = answer.Read(static body => body);

        Should.Throw<ObjectDisposedException>(() => element.GetRawText());
    }

    private static void Compare(Answer answer, string body)
    {
        object read;
        using (var document = JsonDocument.Parse(body))
        {
            try
            {
                read = answer.Read(document.RootElement);
            }
            catch (JsonException)
            {
                return;
            }
        }

        Atoms.Of(read).Dump.ShouldBe(Atoms.Of(answer.Read(JsonElement.Parse(body))).Dump);
    }
}
