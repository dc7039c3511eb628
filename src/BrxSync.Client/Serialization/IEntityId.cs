namespace BrxSync.Client.Serialization;

/// <summary>Lets one converter read every kind of id.</summary>
internal interface IEntityId<TSelf>
    where TSelf : struct, IEntityId<TSelf>
{
    long Value { get; }

    static abstract TSelf From(long value);
}
