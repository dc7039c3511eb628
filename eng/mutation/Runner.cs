using System.Reflection;
using BrxSync.Testing;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace BrxSync.Mutation;

/// <summary>
/// Runs the tests of the stock rules in this assembly until the first one fails, and prints its name: all that a mutant needs. An
/// argument chooses the test classes whose names contain it.
/// </summary>
internal static class Runner
{
    private static int Main(string[] args)
    {
        var tests = typeof(Runner).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null } fact && (RepositoryPaths.SampleData is not null || !NeedsSamples(fact)))
            .Where(method => args.Length == 0 || method.DeclaringType!.Name.Contains(args[0], StringComparison.Ordinal))
            .OrderBy(method => Cost(method.DeclaringType!.Name))
            .ToArray();
        var count = 0;
        foreach (var test in tests)
        {
            var rows = test.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(test)).DefaultIfEmpty([]);
            foreach (var row in rows)
            {
                try
                {
                    var needsOutput = test.DeclaringType!.GetConstructors().Single().GetParameters().Length > 0;
                    var fixture = Activator.CreateInstance(test.DeclaringType, needsOutput ? [new NoOutput()] : []);
                    test.Invoke(fixture, row);
                    count++;
                }
                catch (TargetInvocationException failure)
                {
                    var reason = failure.InnerException is FailException ? $": {failure.InnerException.Message}" : "";
                    Console.WriteLine($"{test.DeclaringType!.Name}.{test.Name}{reason.Split('\n')[0]}");
                    return 1;
                }
            }
        }

        Console.WriteLine($"{count} passed");
        return count > 0 ? 0 : 2;
    }

    private static bool NeedsSamples(FactAttribute fact) => fact is SampleDataFactAttribute or SampleDataTheoryAttribute;

    private static int Cost(string type) => type switch
    {
        _ when type.EndsWith("Properties", StringComparison.Ordinal) => 2,
        _ when type.StartsWith("Sample", StringComparison.Ordinal) => 1,
        _ => 0,
    };

    private sealed class NoOutput : ITestOutputHelper
    {
        public void WriteLine(string message)
        {
        }

        public void WriteLine(string format, params object[] args)
        {
        }
    }
}
