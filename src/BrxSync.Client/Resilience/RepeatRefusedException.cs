namespace BrxSync.Client.Resilience;

/// <summary>A handler of the host tried to send a request again. Of no type that such handlers repeat; callers never see it.</summary>
internal sealed class RepeatRefusedException()
    : Exception("The request was sent before; only the CardTrader client decides whether it is sent again.");
