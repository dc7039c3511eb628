namespace BrxSync.Sync.Adapters.Redis;

/// <summary>
/// Who decides what a token may send, and when that changes: Redis, or this process within its share. Not safe for concurrent use; times
/// are ticks.
/// </summary>
/// <remarks>
/// While Redis is away, the share decides. After it is back, or has lost its state, each process tells it which leases it holds, and goes
/// on with its share for one window, in which the others come back too. Only then the limits are shared again.
/// </remarks>
internal sealed class HandOver(RedisLimiterSettings settings, ProcessShare share)
{
    private static readonly long Patience = TimeSpan.FromSeconds(1).Ticks;
    private static readonly long TryAfter = TimeSpan.FromMilliseconds(250).Ticks;
    private static readonly long TryEvery = TimeSpan.FromSeconds(1).Ticks;

    // So long before the limits are shared again a process stops to use its share: what it has taken must be known by then.
    private static readonly long Early = TimeSpan.FromMilliseconds(500).Ticks;

    private bool _isJoining;
    private bool _hasLostState;
    private long _joinAt;
    private long _takeOverAt;
    private long _answeredAt = long.MinValue / 2;

    public TokenMode Mode { get; private set; }

    public bool IsShared => Mode == TokenMode.Shared;

    /// <summary>Gets whether the share decides.</summary>
    public bool IsAlone => Mode == TokenMode.Alone || (Mode == TokenMode.Returning && !_isJoining);

    /// <summary>Gets the name of the state that Redis had when it was heard of last; empty before.</summary>
    public string State { get; private set; } = "";

    /// <summary>Does what is due.</summary>
    /// <returns>When something is due again.</returns>
    public long Proceed(long now)
    {
        if (Mode == TokenMode.Lost && now >= _takeOverAt)
        {
            GoAlone(now);
        }

        return IsShared ? long.MaxValue
            : Math.Min(_isJoining ? long.MaxValue : _joinAt, Mode == TokenMode.Lost ? _takeOverAt : long.MaxValue);
    }

    /// <summary>Tells whether Redis is to be told of the leases now.</summary>
    public bool MayJoin(long now) => !IsShared && !_isJoining && now >= _joinAt;

    /// <summary>Begins to tell Redis.</summary>
    /// <returns>For how long all processes are to keep to their shares, so that all can come back.</returns>
    public TimeSpan BeginJoin(long now)
    {
        _isJoining = true;

        // Away so shortly that nobody has used a share: nobody needs time to come back.
        var wasBrief = Mode == TokenMode.Lost && !_hasLostState && now - _answeredAt < Patience;
        return Mode == TokenMode.Returning || wasBrief ? TimeSpan.Zero : settings.Options.Window;
    }

    /// <summary>Redis was told.</summary>
    public void EndJoin(string state, long opening, long now)
    {
        (_isJoining, _hasLostState) = (false, false);
        Answered(state, now);

        // Alone, it may have taken leases while it told of the others: it tells again, and takes none meanwhile.
        if (Mode == TokenMode.Alone || opening > Early)
        {
            Return(opening, now);
        }
        else
        {
            Enter(TokenMode.Shared);
        }
    }

    /// <summary>Redis could not be told.</summary>
    public void FailJoin(long now)
    {
        _isJoining = false;
        _joinAt = now + TryEvery;
        if (Mode == TokenMode.Returning)
        {
            GoAlone(now);
        }
    }

    /// <summary>Redis has answered.</summary>
    public void Answered(string state, long now) => (State, _answeredAt) = (state, now);

    /// <summary>Redis has answered that processes keep to their shares for a while.</summary>
    public void Opens(long opening, long now)
    {
        if (IsShared && opening > Early)
        {
            Return(opening, now);
        }
    }

    /// <summary>Redis did not answer, or refused.</summary>
    public void Lose(Exception fault, long now)
    {
        settings.Availability.Failed(fault);
        if (IsShared)
        {
            Enter(TokenMode.Lost);
            _takeOverAt = now + Patience;
            _joinAt = now + TryAfter;
        }
    }

    /// <summary>Redis has another state than it had: what it knew is gone.</summary>
    public void LoseState(string state, long now)
    {
        settings.Availability.LostState();
        Answered(state, now);
        _hasLostState = true;
        if (IsShared)
        {
            GoAlone(now);
            _joinAt = now;
        }
    }

    private void Return(long opening, long now)
    {
        if (Mode is not TokenMode.Alone and not TokenMode.Returning)
        {
            share.Brake(now);
        }

        Enter(TokenMode.Returning);
        _joinAt = now + Math.Max(0, opening - Early);
    }

    private void GoAlone(long now)
    {
        share.Brake(now);
        Enter(TokenMode.Alone);
    }

    private void Enter(TokenMode mode)
    {
        settings.Availability.Changed(Mode, mode);
        Mode = mode;
    }
}
