using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.PostgreSql;
using BrxSync.Sync.Tests.Snapshots;

namespace BrxSync.Sync.Tests.Adapters.PostgreSql;

public sealed class CopyEncoderTests : IDisposable
{
    private readonly CopyEncoder _encoder = new();

    public void Dispose() => _encoder.Dispose();

    private List<CopyRow> Encode(params IEnumerable<SnapshotRow> rows)
    {
        _encoder.Begin();
        foreach (var row in rows)
        {
            _encoder.Add(row);
        }

        _encoder.End();
        return CopyRow.ReadAll(_encoder.Written.Span);
    }

    private static void ShouldHold(CopyRow row, SnapshotRow expected)
    {
        var product = expected.Product;
        row.Fields.Count.ShouldBe(11);
        row.Int32(0).ShouldBe(expected.Index);
        row.Text(1).ShouldBe(product.Id.ToString());
        row.Int32(2).ShouldBe((int)product.BlueprintId.Value);
        row.Int32(3).ShouldBe(product.Quantity);
        row.Int32(4).ShouldBe((int)product.Price.Cents);
        row.Text(5).ShouldBe(product.Properties.ToString());
        row.Text(6).ShouldBe(product.Description);
        row.Text(7).ShouldBe(product.UserDataField);
        row.Flag(8).ShouldBe(product.Graded);
        row.Int64(9).ShouldBe(expected.ContentHash);
        row.Flag(10).ShouldBe(expected.MayCreate);
    }

    [Fact]
    public void Written_NoRows_IsHeaderAndTrailer() => Encode().ShouldBeEmpty();

    [Fact]
    public void Written_Row_HoldsEveryFieldAtItsPlace()
    {
        var product = ProductOf.Properties("""{"condition":"Near Mint"}""") with
        {
            Id = new ProductId(11), BlueprintId = new BlueprintId(22), Quantity = 33, Price = new Money(44, "EUR"),
            Description = "fifty-five", UserDataField = "sixty-six", Graded = true,
        };
        var row = new SnapshotRow(77, product, 88, MayCreate: false);

        ShouldHold(Encode(row).ShouldHaveSingleItem(), row);
    }

    [Fact]
    public void Written_LargestAndSmallestValues_AreTheSame()
    {
        var most = ProductOf.Id(long.MaxValue, int.MaxValue, int.MaxValue) with { Price = new Money(int.MaxValue, "EUR") };
        var largest = new SnapshotRow(int.MaxValue, most, long.MaxValue);
        var smallest = new SnapshotRow(0, ProductOf.Id(1, 1, 0) with { Price = new Money(0, "EUR") }, long.MinValue);
        var middle = new SnapshotRow(1, ProductOf.Id(1_000_000), -1);

        var rows = Encode(largest, smallest, middle);

        rows.Count.ShouldBe(3);
        ShouldHold(rows[0], largest);
        ShouldHold(rows[1], smallest);
        ShouldHold(rows[2], middle);
    }

    [Fact]
    public void Written_NullAndEmptyTexts_StayWhatTheyAre()
    {
        SnapshotRow[] rows =
        [
            new(0, ProductOf.Id(1), 0),
            new(1, ProductOf.Id(2) with { Description = "" }, 0),
            new(2, ProductOf.Id(3) with { UserDataField = "" }, 0),
            new(3, ProductOf.Id(4) with { Description = "", UserDataField = "" }, 0),
        ];

        var read = Encode(rows);

        read.Select(row => row.Text(6)).ShouldBe([null, "", null, ""]);
        read.Select(row => row.Text(7)).ShouldBe([null, null, "", ""]);
    }

    [Theory]
    [InlineData("tab\tline\r\nback\\slash \\. \\N quote' \" ; drop table")]
    [InlineData("\u0001\u001f\u007f\u0080\uFEFF\u2028\u202E")]
    [InlineData("é ß ł 中文 日本語 한국어 عربى \ud83c\udccf\ud83d\ude00")]
    [InlineData("PGCOPY\n\u00ff\r\n")]
    public void Written_HostileText_IsTheSame(string text)
    {
        var row = new SnapshotRow(1, ProductOf.Id(1) with { Description = text, UserDataField = text }, 5);

        ShouldHold(Encode(row).ShouldHaveSingleItem(), row);
    }

    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDFFF)]
    public void Written_HalfASurrogatePair_IsStillValidUtf8(int half)
    {
        var product = ProductOf.Id(1) with { Description = $"a{(char)half}b" };

        Encode(new SnapshotRow(1, product, 0)).ShouldHaveSingleItem().Text(6).ShouldBe("a\uFFFDb");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("中")]
    public void Written_TextsBeyondTheBuffer_AreWhole(string letter)
    {
        var text = string.Concat(Enumerable.Repeat(letter, 700_000));
        var large = new SnapshotRow(1, ProductOf.Id(2) with { Description = text, UserDataField = text }, 2);
        var (before, after) = (new SnapshotRow(0, ProductOf.Id(1), 1), new SnapshotRow(2, ProductOf.Id(3), 3));

        var rows = Encode(before, large, after);

        rows.Count.ShouldBe(3);
        ShouldHold(rows[0], before);
        ShouldHold(rows[1], large);
        ShouldHold(rows[2], after);
    }

    [Fact]
    public void Written_BufferThatEndsInsideAnyField_IsWhole()
    {
        const int FirstBuffer = 1 << 20;
        var nearlyFull = new SnapshotRow(0, WithNote(FirstBuffer - 400), 0);
        var product = ProductOf.Id(long.MaxValue, 4, 5) with { Description = "six", UserDataField = "seven", Graded = true };
        var last = new SnapshotRow(2, product, 8);
        var place = FirstBuffer - LengthOf(nearlyFull, new SnapshotRow(1, WithNote(0), 1));
        var longest = LengthOf(last);
        place.ShouldBeGreaterThan(longest);
        for (var left = 0; left <= longest; left++)
        {
            using var encoder = new CopyEncoder();
            encoder.Begin();
            encoder.Add(nearlyFull);
            encoder.Add(new SnapshotRow(1, WithNote(place - left), 1));
            encoder.Written.Length.ShouldBe(FirstBuffer - left);
            encoder.Add(last);
            encoder.End();

            var rows = CopyRow.ReadAll(encoder.Written.Span);
            rows.Count.ShouldBe(3);
            ShouldHold(rows[2], last);
        }

        int LengthOf(params SnapshotRow[] rows)
        {
            Encode(rows);
            return _encoder.Written.Length - 2;
        }

        static Product WithNote(int length) => ProductOf.Properties($"{{\"note\":\"{new string('n', length)}\"}}");
    }

    [Fact]
    public void Begin_SecondTime_ForgetsWhatWasWritten()
    {
        Encode(new SnapshotRow(1, ProductOf.Id(1) with { Description = "first" }, 0));

        Encode(new SnapshotRow(2, ProductOf.Id(2), 0)).ShouldHaveSingleItem().Int32(0).ShouldBe(2);
    }
}
