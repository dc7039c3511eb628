namespace BrxSync.Sync.Accounts;

/// <summary>The keys that encrypt account secrets at rest.</summary>
public sealed class EncryptionOptions
{
    /// <summary>
    /// Gets or sets the Fernet keys, each 32 random bytes as base64url (44 characters): the first one encrypts, all of them decrypt.
    /// To rotate, put a new key first and keep the old ones until everything is encrypted anew. <see cref="EncryptionKey.Generate"/>
    /// makes one; keys of the Python <c>cryptography</c> package work unchanged.
    /// </summary>
    /// <value>Empty; at least one is required.</value>
    public IList<string> Keys { get; set; } = [];
}
