namespace BrxSync.Architecture.Tests.PublicApi;

/// <summary>What each package offers, line by line, so that no change to it goes unseen.</summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> PackageNames => Packages.Names;

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void PublicApi_OfPackage_IsTheApprovedOne(string name)
    {
        var package = Packages.Get(name);

        Approval.Check(Path.Combine(package.Folder, "PublicApi.approved.txt"), PublicApiText.Of(package.Assembly));
    }

    [Fact]
    public void PublicApiText_OfAKnownType_ShowsItsMembers()
    {
        var text = PublicApiText.Of(typeof(PublicApiSample));

        text.ShouldBe(
            """
            public sealed record BrxSync.Architecture.Tests.PublicApi.PublicApiSample : IDisposable
                PublicApiSample(int Number, string? Text = null)
                const int Limit = 5
                int Number { get; init; }
                required IReadOnlyList<string?> Names { get; init; }
                static PublicApiSample Create<T>(T value, CancellationToken cancellationToken = default) where T : class
                string? Text { get; init; }
                void Deconstruct(out int Number, out string? Text)
                void Dispose()

            """.ReplaceLineEndings("\n"));
    }
}

/// <summary>A type with one of each, for the test of the writer.</summary>
public sealed record PublicApiSample(int Number, string? Text = null) : IDisposable
{
    public const int Limit = 5;

    public required IReadOnlyList<string?> Names { get; init; }

    public static PublicApiSample Create<T>(T value, CancellationToken cancellationToken = default)
        where T : class => throw new NotSupportedException($"{value}{cancellationToken}");

    public void Dispose() => GC.SuppressFinalize(this);
}
