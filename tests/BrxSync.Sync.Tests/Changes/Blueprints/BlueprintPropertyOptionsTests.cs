using BrxSync.Sync.Changes.Blueprints;

namespace BrxSync.Sync.Tests.Changes.Blueprints;

public sealed class BlueprintPropertyOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreValid()
    {
        new BlueprintPropertyRangeValidator().Validate(null, new BlueprintPropertyOptions()).Succeeded.ShouldBeTrue();
        new BlueprintPropertyRules().Validate(null, new BlueprintPropertyOptions()).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void Validate_WaitsLongerThanWhatTheyWaitFor_NamesThemAll()
    {
        var options = new BlueprintPropertyOptions
        {
            MaxAge = TimeSpan.FromMinutes(5), DoubtAfter = TimeSpan.FromMinutes(6), RetryAfter = TimeSpan.FromMinutes(7),
        };

        new BlueprintPropertyRules().Validate(null, options).Failures.ShouldNotBeNull().Select(failure => failure.Split(' ')[0])
            .ShouldBe(["DoubtAfter", "RetryAfter"]);
    }

    [Fact]
    public void Validate_OutOfRange_IsRefused() =>
        new BlueprintPropertyRangeValidator().Validate(null, new BlueprintPropertyOptions { MaxEntries = 0, MaxAge = TimeSpan.Zero })
            .Failures.ShouldNotBeNull().Count().ShouldBe(2);
}
