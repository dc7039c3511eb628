using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BrxSync.Testing;

/// <summary>Keeps what a host logs, from a level on.</summary>
public sealed class RecordingLoggerProvider(LogLevel level) : ILoggerProvider
{
    private readonly ConcurrentQueue<RecordedLog> _entries = new();

    public IReadOnlyCollection<RecordedLog> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, level, _entries);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, LogLevel level, ConcurrentQueue<RecordedLog> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= level;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                entries.Enqueue(new RecordedLog(category, logLevel, eventId.Id, formatter(state, exception), exception));
            }
        }
    }
}
