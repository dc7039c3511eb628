using BrxSync.Client.Diagnostics;
using BrxSync.Client.Http;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace BrxSync.Client.Resilience;

/// <summary>Keeps the policy of every class of calls for the whole process.</summary>
internal sealed class CallPolicies : IDisposable
{
    private readonly Dictionary<OperationClass, CallPolicy> _policies;

    public CallPolicies(IOptions<CardTraderClientOptions> options, ClientTelemetry telemetry)
    {
        var resilience = options.Value.Resilience;
        _policies = new()
        {
            [OperationClass.Export] = new CallPolicy(resilience.Export),
            [OperationClass.Read] = new CallPolicy(resilience.Read),
            [OperationClass.Write] = new CallPolicy(resilience.Write),
            [OperationClass.NonRepeatableWrite] = new CallPolicy(resilience.NonRepeatableWrite),
            [OperationClass.JobPoll] = new CallPolicy(resilience.JobPoll),
        };
        telemetry.ObserveCircuits(() => _policies.Select(policy => (policy.Key, policy.Value.Circuit.CircuitState)));
    }

    public CallPolicy For(OperationClass operationClass) => _policies[operationClass];

    public IReadOnlyList<string> ListOpenCircuits() =>
        [.. _policies.Where(policy => policy.Value.Circuit.CircuitState is CircuitState.Open or CircuitState.Isolated)
            .Select(policy => policy.Key.ToString())];

    public void Dispose()
    {
        foreach (var policy in _policies.Values)
        {
            policy.Dispose();
        }
    }
}
