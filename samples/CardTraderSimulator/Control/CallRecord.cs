namespace BrxSync.Simulator.Control;

/// <summary>One call the marketplace received.</summary>
/// <param name="Number">Counts the calls from 1.</param>
/// <param name="At">When it arrived, in the marketplace's clock.</param>
/// <param name="Seller">The account whose token came with it; null for none.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path and query behind <c>/api/v2</c>.</param>
/// <param name="Status">The status answered; 0 when the connection was cut.</param>
/// <param name="Effect">What the call changed; null for nothing.</param>
/// <param name="Fault">The fault that was done to it; null for none.</param>
public sealed record CallRecord(
    long Number, DateTimeOffset At, string? Seller, string Method, string Path, int Status, string? Effect, string? Fault);
