using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Changes.Properties;

/// <summary>Gathers what is sent, and what does not go out as it was entered.</summary>
internal sealed class PropertyNotes
{
    private readonly Dictionary<string, PropertyValue> _sent = new(StringComparer.Ordinal);
    private readonly List<PropertyNote> _all = [];

    public IReadOnlyDictionary<string, PropertyValue> Sent => _sent;

    public IReadOnlyList<PropertyNote> All => _all;

    /// <summary>Sends a value, unless the property has one already.</summary>
    public void Send(string name, PropertyValue wanted, string sentName, PropertyValue sent)
    {
        if (!_sent.TryAdd(sentName, sent))
        {
            if (_sent[sentName] != sent)
            {
                Leave(
                    name, wanted, PropertyNoteKind.Refused, $"It stands for {sentName}, which is \"{_sent[sentName]}\" already.");
            }
        }
        else if (name != sentName || wanted != sent)
        {
            _all.Add(new PropertyNote(name, wanted, sentName, sent, PropertyNoteKind.Changed, "CardTrader's words for it."));
        }
    }

    /// <summary>Does not send a value.</summary>
    public void Leave(string name, PropertyValue wanted, PropertyNoteKind kind, string reason) =>
        _all.Add(new PropertyNote(name, wanted, null, null, kind, reason));
}
