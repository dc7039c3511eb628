using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BrxSync.Benchmarks.IdleFleet;

/// <summary>Counts the statements that hosts send, and how long each kind takes, by what the driver tells.</summary>
internal sealed class StatementCounter : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, (int Count, double Milliseconds, double Longest)> _kinds = new(StringComparer.Ordinal);

    public int Count => _kinds.Values.Sum(kind => kind.Count);

    public double Milliseconds => _kinds.Values.Sum(kind => kind.Milliseconds);

    /// <summary>Gets the kinds, those that took most first.</summary>
    public IEnumerable<(string Kind, int Count, double Milliseconds, double Longest)> Kinds => _kinds
        .Select(kind => (kind.Key, kind.Value.Count, kind.Value.Milliseconds, kind.Value.Longest))
        .OrderByDescending(kind => kind.Milliseconds);

    public void Clear() => _kinds.Clear();

    public ILogger CreateLogger(string categoryName) =>
        categoryName == "Npgsql.Command" ? new Counter(this) : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public void Dispose()
    {
    }

    private void Add(string kind, double milliseconds) => _kinds.AddOrUpdate(
        kind,
        (1, milliseconds, milliseconds),
        (_, before) => (before.Count + 1, before.Milliseconds + milliseconds, Math.Max(before.Longest, milliseconds)));

    private sealed class Counter(StatementCounter counter) : ILogger
    {
        // What a statement is about: the first of these words that it holds.
        private static readonly (string Word, string Name)[] Kinds =
        [
            ("brx_qrtz", "scheduler"), ("reread_requests", "sweep"), ("stock_feeds", "feeds"), ("dead_letters", "dead letters"),
            ("sync_operations", "operations"), ("user_sync_settings", "freshness"), ("select 1", "is it alive"),
        ];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is IReadOnlyList<KeyValuePair<string, object?>> values
                && values.FirstOrDefault(value => value.Key == "DurationMs").Value is { } duration)
            {
                var text = formatter(state, exception);
                counter.Add(Kind(text), Convert.ToDouble(duration, System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        private static string Kind(string text) =>
            Kinds.FirstOrDefault(kind => text.Contains(kind.Word, StringComparison.OrdinalIgnoreCase)).Name ?? "other";
    }
}
