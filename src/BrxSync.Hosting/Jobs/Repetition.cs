using System.Globalization;
using Quartz;

namespace BrxSync.Hosting.Jobs;

/// <summary>What the trigger of a job knows that is tried again.</summary>
/// <param name="Attempts">How often it was tried in vain.</param>
/// <param name="IsStored">
/// Whether the store knows it, too: then it is void when the store says otherwise by the time that it fires. What the store could not be
/// told is counted here alone.
/// </param>
internal readonly record struct Repetition(int Attempts, bool IsStored)
{
    private const string AttemptsKey = "attempts";
    private const string StoredKey = "stored";

    /// <summary>Reads it from a trigger; null for one that repeats nothing.</summary>
    public static Repetition? Find(JobDataMap data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.TryGetValue(AttemptsKey, out var attempts)
            && int.TryParse(attempts as string, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? new Repetition(count, data.ContainsKey(StoredKey))
                : null;
    }

    /// <summary>Adds it to a trigger, as text: that is what shared stores keep.</summary>
    public void WriteTo(JobDataMap data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data[AttemptsKey] = Attempts.ToString(CultureInfo.InvariantCulture);
        if (IsStored)
        {
            data[StoredKey] = "true";
        }
    }
}
