namespace BrxSync.Sync;

/// <summary>A stored secret cannot be decrypted. The message says what to do and never shows the secret, its ciphertext or a key.</summary>
public sealed class SecretUnreadableException : BrxSyncException
{
    /// <summary>Describes the fault.</summary>
    /// <param name="fault">Why the secret cannot be read.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public SecretUnreadableException(SecretFault fault, string message)
        : base(message, null) => Fault = fault;

    /// <summary>Gets why the secret cannot be read.</summary>
    public SecretFault Fault { get; }
}
