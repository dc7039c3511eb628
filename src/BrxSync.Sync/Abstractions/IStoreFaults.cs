namespace BrxSync.Sync.Abstractions;

/// <summary>Says in words what a failure of the store means. Implemented by each database adapter, which knows its own codes.</summary>
internal interface IStoreFaults
{
    /// <summary>
    /// Says what happened and what to do, with the database's own code. A connection string, a value or what a row holds is never
    /// part of it.
    /// </summary>
    /// <param name="exception">What the store threw, or what was thrown because of that.</param>
    /// <returns>One or two sentences for an operator.</returns>
    string Describe(Exception exception);
}
