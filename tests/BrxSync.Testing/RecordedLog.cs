using Microsoft.Extensions.Logging;

namespace BrxSync.Testing;

/// <summary>One entry of a log.</summary>
public sealed record RecordedLog(string Category, LogLevel Level, int EventId, string Text, Exception? Exception);
