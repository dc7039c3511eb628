namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>
/// Tells how old what a standby shows may be: positions of the primary's log are noted with the time at which they were asked for, and a
/// standby shows all that was committed before the time of the newest position that it has replayed. No server's clock is read, and a
/// primary that writes nothing makes no standby old.
/// </summary>
internal sealed class ReplicaLag(TimeProvider time)
{
    private const int MostNotes = 256;

    private readonly Lock _gate = new();
    private readonly LinkedList<(long At, long Position)> _notes = [];

    /// <summary>Gets how long ago the newest note was made; null when there is none.</summary>
    public TimeSpan? Age
    {
        get
        {
            lock (_gate)
            {
                return _notes.Last is { } last ? time.GetElapsedTime(last.Value.At) : null;
            }
        }
    }

    /// <summary>Notes where the primary was.</summary>
    /// <param name="askedAt">The timestamp of the clock before it was asked.</param>
    /// <param name="position">What it answered.</param>
    public void Note(long askedAt, long position)
    {
        lock (_gate)
        {
            // The same position later is the same state, confirmed later.
            if (_notes.Last is { } last && last.Value.Position == position)
            {
                _notes.RemoveLast();
            }

            _notes.AddLast((askedAt, position));
            if (_notes.Count > MostNotes)
            {
                _notes.RemoveFirst();
            }
        }
    }

    /// <summary>Measures a standby.</summary>
    /// <param name="replayed">How far it has replayed the log.</param>
    /// <returns>How old what it shows may be; null when it is older than every note.</returns>
    public TimeSpan? Measure(long replayed)
    {
        lock (_gate)
        {
            for (var note = _notes.Last; note is not null; note = note.Previous)
            {
                if (note.Value.Position <= replayed)
                {
                    return time.GetElapsedTime(note.Value.At);
                }
            }

            return null;
        }
    }
}
