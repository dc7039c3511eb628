using System.Security.Cryptography;
using System.Text;
using BrxSync.Sync;

namespace QuickStart;

/// <summary>Gives the same seller the same local account at every run, so that a database of one's own does not fill up.</summary>
internal static class AccountIds
{
    public static AccountId Of(string seller) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("quickstart:" + seller)).AsSpan(0, 16)));
}
