using System.Reflection;
using Microsoft.Extensions.Logging;

namespace BrxSync.Architecture.Tests.Documents;

/// <summary>One log message of a package, as its <see cref="LoggerMessageAttribute"/> declares it.</summary>
internal sealed record LogEvent(string Package, string Class, string Method, bool InLogClass, int Id, LogLevel Level, string Message)
{
    public static IReadOnlyList<LogEvent> Of(PackageRules package) =>
    [
        .. from type in package.Assembly.GetTypes()
           from method in type.GetMethods(
               BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
           where attribute is not null
           orderby attribute.EventId
           select new LogEvent(
               package.Name,
               (type.DeclaringType ?? type).Name.Split('`')[0],
               method.Name,
               type is { Name: "Log", IsNested: true },
               attribute.EventId,
               attribute.Level,
               attribute.Message ?? ""),
    ];
}
