namespace QuickStart.Tests;

public sealed class QuickStartArgumentsTests
{
    [Fact]
    public void Parse_NoArguments_SimulatesWithDefaults()
    {
        var options = QuickStartArguments.Parse([], out var faults);

        faults.ShouldBeEmpty();
        options.ShouldBe(new QuickStartArguments());
    }

    [Theory]
    [InlineData("--products", "250")]
    [InlineData("--products=250")]
    public void Parse_ValueBesideOrAfterEquals_IsRead(params string[] arguments)
    {
        var options = QuickStartArguments.Parse(arguments, out var faults);

        faults.ShouldBeEmpty();
        options.Products.ShouldBe(250);
    }

    [Fact]
    public void Parse_ConnectionStringWithEqualsSigns_IsKeptWhole() =>
        QuickStartArguments.Parse(["--postgres", "Host=127.0.0.1;Port=5432"], out _).Postgres.ShouldBe("Host=127.0.0.1;Port=5432");

    [Theory]
    [InlineData("'--speed' is not an option", "--speed")]
    [InlineData("'fast' is not an option", "fast")]
    [InlineData("--products is '0'", "--products", "0")]
    [InlineData("--products is '-5'", "--products", "-5")]
    [InlineData("--products is '1e3'", "--products", "1e3")]
    [InlineData("--products is '99999999999'", "--products", "99999999999")]
    [InlineData("--products needs a value", "--products")]
    [InlineData("--products needs a value", "--products", "--help")]
    [InlineData("--token needs a value", "--token", " ")]
    [InlineData("--postgres needs a value", "--postgres=")]
    [InlineData("not a file", "--export", "no-such-file.json")]
    [InlineData("exclude each other", "--products", "5", "--export", "QuickStart.Tests.dll")]
    [InlineData("give one or the other", "--token", "abc", "--products", "5")]
    public void Parse_WrongArguments_AreNamed(string fault, params string[] arguments)
    {
        var here = arguments.Select(
            argument => argument == "QuickStart.Tests.dll" ? typeof(QuickStartArgumentsTests).Assembly.Location : argument);

        QuickStartArguments.Parse([.. here], out var faults);

        faults.ShouldContain(text => text.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_SeveralFaults_AreAllNamed()
    {
        QuickStartArguments.Parse(["--speed", "--products", "many", "--export", "missing.json"], out var faults);

        faults.Count.ShouldBe(3);
    }
}
