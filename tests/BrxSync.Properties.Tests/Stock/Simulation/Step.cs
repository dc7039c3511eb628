namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>
/// One step of a history. The three numbers choose among what there is when the step is taken, so any step can be left out.
/// </summary>
internal readonly record struct Step(StepKind Kind, int Wait, int A, int B, int C);
