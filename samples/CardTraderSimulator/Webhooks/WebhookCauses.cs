namespace BrxSync.Simulator.Webhooks;

/// <summary>The documented causes of webhooks.</summary>
public static class WebhookCauses
{
    /// <summary>An order came into being.</summary>
    public const string Create = "order.create";

    /// <summary>An order changed.</summary>
    public const string Update = "order.update";

    /// <summary>An order was destroyed; there is no data.</summary>
    public const string Destroy = "order.destroy";
}
