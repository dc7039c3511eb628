using System.Text.Json;

namespace BrxSync.Simulator.Http;

/// <summary>The error bodies of the reference.</summary>
internal static class ErrorAnswer
{
    public static Task UnauthorizedAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status401Unauthorized, "unauthorized", "The token is missing, wrong or was regenerated");

    public static Task DisabledAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status403Forbidden, "application_disabled", "The API application is disabled");

    public static Task NotFoundAsync(HttpContext context, string message) =>
        WriteAsync(context, StatusCodes.Status404NotFound, "not_found", message);

    public static Task MissingParameterAsync(HttpContext context, string parameter) =>
        WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "missing_parameter", $"Parameter {parameter} is missing");

    /// <summary>Answers 422 with faults by field, in the shape of an object of lists.</summary>
    public static Task InvalidAsync(HttpContext context, params (string Field, string Fault)[] faults) =>
        WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "validation_error", "The request is not valid", json =>
        {
            json.WriteStartObject();
            foreach (var field in faults.GroupBy(fault => fault.Field, StringComparer.Ordinal))
            {
                json.WriteStartArray(field.Key);
                foreach (var (_, text) in field)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        });

    /// <summary>Answers 429 with nothing but a text, as the real service does: no error code, no headers about limits.</summary>
    public static Task TooManyAsync(
        HttpContext context, string text) => JsonAnswer.WriteAsync(context, StatusCodes.Status429TooManyRequests, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", text);
        json.WriteEndObject();
    });

    public static Task WriteAsync(HttpContext context, int status, string code, string message, Action<Utf8JsonWriter>? errors = null) =>
        JsonAnswer.WriteAsync(context, status, json =>
        {
            json.WriteStartObject();
            json.WriteString("error_code", code);
            json.WritePropertyName("errors");
            if (errors is null)
            {
                json.WriteStartArray();
                json.WriteEndArray();
            }
            else
            {
                errors(json);
            }

            json.WriteStartObject("extra");
            json.WriteString("message", message);
            json.WriteEndObject();
            json.WriteString("request_id", Guid.NewGuid());
            json.WriteEndObject();
        });
}
