using System.Reflection;
using System.Runtime.CompilerServices;

namespace BrxSync.Architecture.Tests.Sources;

/// <summary>Names say what a thing is, and signatures are predictable.</summary>
public sealed class NamingTests
{
    private static readonly string[] BannedSuffixes =
    [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Base", "Impl",
    ];

    public static TheoryData<string> PackageNames => Packages.Names;

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Types_Names_AvoidEmptyWords(string package) =>
        OwnTypes(package)
            .Where(type => BannedSuffixes.Any(suffix => type.Name.Split('`')[0].EndsWith(suffix, StringComparison.Ordinal)))
            .Select(type => type.FullName)
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Methods_ThatAreAwaitedOrStreamed_EndInAsync(string package) =>
        PublicMethods(package)
            .Where(method => IsAsynchronous(method.ReturnType) && !method.Name.EndsWith("Async", StringComparison.Ordinal))
            .Select(Describe)
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Methods_WithACancellationToken_TakeItLast(string package) =>
        PublicMethods(package)
            .Where(method => method.GetParameters() is { Length: > 1 } parameters
                && parameters[..^1].Any(parameter => parameter.ParameterType == typeof(CancellationToken)))
            .Select(Describe)
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Methods_ThatAreAwaitedOrStreamed_CanBeCancelled(string package) =>
        PublicMethods(package)
            .Where(method => IsAsynchronous(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync)
                && method.GetParameters().All(parameter => parameter.ParameterType != typeof(CancellationToken)
                && !CarriesToken(parameter.ParameterType)))
            .Select(Describe)
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Types_ThatAreClasses_AreSealedOrStaticOrAbstract(string package) =>
        OwnTypes(package)
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }
                && !OwnTypes(package).Any(other => other.BaseType == type))
            .Select(type => type.FullName)
            .ShouldBeEmpty();

    private static bool CarriesToken(Type type) =>
        type.GetProperties().Any(property => property.PropertyType == typeof(CancellationToken));

    private static bool IsAsynchronous(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>)
            || type.GetGenericTypeDefinition() == typeof(ValueTask<>)
            || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    private static IEnumerable<Type> OwnTypes(string package) =>
        Packages.Get(package).Assembly.GetTypes().Where(type =>
            type.Namespace?.StartsWith("BrxSync.", StringComparison.Ordinal) == true
            && !type.Name.Contains('<', StringComparison.Ordinal)
            && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            && !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false));

    private static IEnumerable<MethodInfo> PublicMethods(string package) =>
        from type in OwnTypes(package)
        where type.IsPublic || type.IsNestedPublic
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where !method.IsSpecialName && !ImplementsForeignInterface(type, method)
        select method;

    private static bool ImplementsForeignInterface(Type type, MethodInfo method) =>
        !type.IsInterface && type.GetInterfaces()
            .Where(contract => contract.Namespace?.StartsWith("BrxSync.", StringComparison.Ordinal) != true)
            .Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method));

    private static string Describe(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
