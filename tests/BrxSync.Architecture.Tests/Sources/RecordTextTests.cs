using System.Reflection;
using System.Runtime.CompilerServices;

namespace BrxSync.Architecture.Tests.Sources;

/// <summary>What the text of a record, public or internal, may say: never a token, a secret or a ciphertext of one.</summary>
public sealed class RecordTextTests
{
    private const string Marker = "s3cr3t-that-must-not-show";

    public static TheoryData<string> Records => [.. Packages.All
        .SelectMany(package => package.Assembly.GetTypes())
        .Where(IsRecordWithASecret)
        .Select(type => type.AssemblyQualifiedName!)];

    [Fact]
    public void Records_WithSecrets_AreKnownToThisTest() => Records.Count.ShouldBeGreaterThanOrEqualTo(2);

    [Theory]
    [MemberData(nameof(Records))]
    public void ToString_RecordWithASecret_DoesNotTellIt(string typeName)
    {
        var type = Type.GetType(typeName)!;
        var instance = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(string) && IsSecretName(field.Name)))
        {
            field.SetValue(instance, Marker);
        }

        instance.ToString()!.ShouldNotContain(Marker, Case.Insensitive);
    }

    private static bool IsRecordWithASecret(Type type) => !type.ContainsGenericParameters
        && !type.Name.EndsWith("Statements", StringComparison.Ordinal)
        && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null
        && type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(property => property.PropertyType == typeof(string) && IsSecretName(property.Name));

    private static bool IsSecretName(
        string name) => (string[])["Token", "Secret", "Cipher", "Password", "ConnectionString", "Signature"] is var words
        && words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
