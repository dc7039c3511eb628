using System.Data.Common;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>Tells faults of TLS, which only a change of settings mends, from a server that is out of reach.</summary>
internal static class MySqlTlsFault
{
    // The driver has one number for every connection that did not come about: what it says is all that tells TLS from the network.
    private static readonly string[] Words = ["SSL", "TLS", "certificate", "secure connection"];

    /// <summary>Says what to set, or null when the fault has nothing to do with TLS.</summary>
    public static string? Describe(Exception exception)
    {
        var chain = MySqlFault.Chain(exception).ToArray();
        if (chain.Any(part => part is AuthenticationException))
        {
            return "TLS with the catalogue's server failed, most likely because its certificate cannot be verified: "
                + "check SslMode of its connection string, with VerifyCA or VerifyFull that SslCa holds the certificate of the authority, "
                + "and with VerifyFull that Server is the name in the certificate.";
        }

        if (chain[0] is DbException
            && chain.Any(part => part is FileNotFoundException or DirectoryNotFoundException or CryptographicException))
        {
            return "A certificate file for TLS with the catalogue's server cannot be read: "
                + "check SslCa, SslCert, SslKey and CertificateFile of its connection string, or choose an SslMode that needs none.";
        }

        if (chain.Any(part => part is DbException && MySqlFault.Number(part) is null or 1042 && Words.Any(part.Message.Contains)))
        {
            return "The catalogue's server and SslMode of its connection string do not agree on TLS: the server offers none though SslMode "
                + "demands it, or lets nobody log in without it. Set TLS up at the server, or choose another SslMode.";
        }

        return MySqlFault.Number(exception) is 3159
            ? "The catalogue's server demands TLS: set SslMode of its connection string to Required, VerifyCA or VerifyFull."
            : null;
    }
}
