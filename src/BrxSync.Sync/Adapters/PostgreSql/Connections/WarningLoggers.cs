using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>
/// The host's loggers from warnings on. The driver tells every statement as information, with its whole text; that is of use to who looks
/// for a fault in the store, and drowns everything else the host has to say.
/// </summary>
internal sealed class WarningLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Warnings(loggers.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <summary>The factory is the host's.</summary>
    public void Dispose()
    {
    }

    private sealed class Warnings(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning && !IsLeave(exception))
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }

        /// <summary>
        /// A connection that broke is told to whoever used it, by an exception. One that nobody used concerns nobody, yet the driver tells
        /// an error when it takes leave of it.
        /// </summary>
        private static bool IsLeave(Exception? exception) => exception is NpgsqlException { InnerException: IOException };
    }
}
