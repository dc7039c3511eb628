namespace BrxSync.Architecture.Tests;

/// <summary>
/// Files that record what was agreed on. A difference fails the test and says what changed; <c>BRXSYNC_APPROVE=1</c> in the
/// environment of a test run writes the files anew, to be reviewed like any change.
/// </summary>
internal static class Approval
{
    public static bool Approving => Environment.GetEnvironmentVariable("BRXSYNC_APPROVE") == "1";

    public static void Check(string path, string actual)
    {
        if (Approving)
        {
            File.WriteAllText(path, actual);
            return;
        }

        var approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (approved == actual)
        {
            return;
        }

        var before = approved.Split('\n');
        var after = actual.Split('\n');
        var changes = before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line));
        Assert.Fail(
            $"""
            {Sources.SourceFiles.Relative(path)} is not what the code says:
            {string.Join('\n', changes.Take(40))}
            If that is meant: BRXSYNC_APPROVE=1 dotnet test tests/BrxSync.Architecture.Tests, then review and commit the file.
            """);
    }
}
