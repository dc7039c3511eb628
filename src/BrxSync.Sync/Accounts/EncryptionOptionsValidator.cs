using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Accounts;

/// <summary>Names every unusable key by its place in the list, never by its content.</summary>
internal sealed class EncryptionOptionsValidator : IValidateOptions<EncryptionOptions>
{
    private const string Advice = "A key is 32 random bytes as base64url, 44 characters; EncryptionKey.Generate() makes one.";

    public ValidateOptionsResult Validate(string? name, EncryptionOptions options)
    {
        if (options.Keys is not { Count: > 0 } keys)
        {
            return ValidateOptionsResult.Fail(
                $"{nameof(EncryptionOptions)}.{nameof(options.Keys)} is empty: at least one key is required. {Advice}");
        }

        var problems = new List<string>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Count; i++)
        {
            if (EncryptionKey.Read(keys[i], out var problem) is not { } key)
            {
                problems.Add(
                    $"{nameof(EncryptionOptions)}.{nameof(options.Keys)}: key {i + 1} of {keys.Count} cannot be used: {problem}. {Advice}");
            }
            else if (!seen.TryAdd(Convert.ToHexString(key), i + 1))
            {
                problems.Add(
                    $"{nameof(EncryptionOptions)}.{nameof(options.Keys)}: key {i + 1} of {keys.Count} is the same as key {seen[Convert.ToHexString(key)]}. Remove one of them.");
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
