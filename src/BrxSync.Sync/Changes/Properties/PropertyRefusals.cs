using BrxSync.Client.Errors;

namespace BrxSync.Sync.Changes.Properties;

/// <summary>Tells refusals that are about properties from others.</summary>
internal static class PropertyRefusals
{
    /// <summary>
    /// Tells whether a refusal may be due to the properties that were sent. How CardTrader words it is not documented, so a complaint that
    /// names one of them anywhere counts; a mistake costs one call.
    /// </summary>
    /// <param name="complaints">What CardTrader complained about.</param>
    /// <param name="plan">What was sent.</param>
    public static bool Concern(IEnumerable<CardTraderFault> complaints, PropertyPlan plan) =>
        plan.Send.Count > 0 && complaints.Any(complaint =>
            Mentions(complaint, "properties") || Mentions(complaint, "property") || plan.Send.Keys.Any(name => Mentions(complaint, name)));

    private static bool Mentions(CardTraderFault complaint, string word) =>
        complaint.Path.Contains(word, StringComparison.OrdinalIgnoreCase)
        || complaint.Text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
