namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>A rule does not hold.</summary>
internal sealed class BrokenException(string rule, string message) : Exception($"{rule}: {message}")
{
    public string Rule => rule;
}
