using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Account;

/// <summary>Reads what a token belongs to.</summary>
internal static class AppInfoReader
{
    /// <exception cref="JsonException">
    /// The value is not an application, or does not say readably whose it is and how its webhooks are signed.
    /// </exception>
    public static AppInfo Read(JsonElement element)
    {
        var app = new TolerantObject(element, "application");
        var info = new AppInfo
        {
            Id = app.RequireInteger("id", least: long.MinValue),
            Name = app.Text("name"),
            SharedSecret = app.Text("shared_secret"),
            UserId = app.Integer("user_id"),
            WebhookUrl = app.Text("webhook_url"),
            ExtensionData = app.Rest,
            Faults = app.Faults,
        };

        // An account would be connected as one without an owner, or without webhooks.
        foreach (var fault in info.Faults.Where(static fault => fault.Path is "user_id" or "shared_secret"))
        {
            throw new JsonException($"application: {fault.Path}: {fault.Text}");
        }

        return info;
    }
}
