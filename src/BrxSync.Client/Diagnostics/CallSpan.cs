using System.Diagnostics;
using System.Globalization;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using Microsoft.Extensions.Logging;

namespace BrxSync.Client.Diagnostics;

/// <summary>Follows one call from its start to the end of its answer, for traces, metrics and logs.</summary>
/// <remarks>Kinds of errors are recorded, never their messages: those quote what a server said.</remarks>
internal sealed partial class CallSpan : IDisposable
{
    private readonly CallContext _call;
    private readonly ClientTelemetry _telemetry;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly Activity? _activity;
    private readonly long _startedAt;
    private int? _status;
    private string? _error;
    private bool _ended;

    public CallSpan(CallContext call, Uri server, ClientTelemetry telemetry, TimeProvider timeProvider, ILogger logger)
    {
        _call = call;
        _telemetry = telemetry;
        _timeProvider = timeProvider;
        _logger = logger;
        _startedAt = timeProvider.GetTimestamp();
        _activity = ClientTelemetry.Start(call.Call, server);
    }

    public void Answered(HttpResponseMessage message) => _status = (int)message.StatusCode;

    /// <summary>Notes the failure. Always false: meant as an exception filter, which leaves the stack trace as it is.</summary>
    public bool Note(Exception exception)
    {
        var details = (exception as CardTraderException)?.Details;
        _status = (int?)details?.StatusCode ?? _status;
        _error = exception switch
        {
            CardTraderResponseException response => response.Kind.ToString(),
            CardTraderException { StatusCode: { } status } => ((int)status).ToString(CultureInfo.InvariantCulture),
            // As the caller gets it from the HTTP client.
            OperationCanceledException => nameof(TaskCanceledException),
            _ => exception.GetType().Name,
        };
        if (exception is not OperationCanceledException)
        {
            _activity?.SetStatus(ActivityStatusCode.Error, _error);
            Log.CallFailed(_logger, _call.Call.Name, _call.Attempts, _error, details?.ErrorCode, details?.RequestId);
        }

        return false;
    }

    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        var duration = _timeProvider.GetElapsedTime(_startedAt);
        _telemetry.Finished(_call.Call, duration, _status, _error);
        EndActivity();
        if (_error is null)
        {
            Log.CallSucceeded(_logger, _call.Call.Name, duration.TotalMilliseconds, _call.Attempts);
        }
    }

    private void EndActivity()
    {
        if (_activity is null)
        {
            return;
        }

        if (_status is not null)
        {
            _activity.SetTag("http.response.status_code", _status);
        }

        if (_error is not null)
        {
            _activity.SetTag("error.type", _error);
        }

        if (_call.Attempts > 1)
        {
            _activity.SetTag("http.request.resend_count", _call.Attempts - 1);
        }

        _activity.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.CallSucceeded, LogLevel.Debug, "{Operation} took {Milliseconds:0} ms and {Attempts} attempts")]
        public static partial void CallSucceeded(ILogger logger, string operation, double milliseconds, int attempts);

        [LoggerMessage(
            EventIds.CallFailed,
            LogLevel.Information,
            "{Operation} failed after {Attempts} attempts: {Error}, code {ErrorCode}, request {RequestId}")]
        public static partial void CallFailed(
            ILogger logger, string operation, int attempts, string error, string? errorCode, string? requestId);
    }
}
