namespace BrxSync.Sync.Abstractions;

/// <summary>Tells how a store is doing, for whoever looks after it. Implemented by adapters that have something to tell.</summary>
internal interface IStoreCondition
{
    /// <summary>Describes it by numbers and words under short names; never by names of hosts or users.</summary>
    /// <returns>What there is to tell.</returns>
    IReadOnlyDictionary<string, object> Describe();
}
