using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records.Blueprints;

namespace BrxSync.Sync.Changes.Blueprints;

/// <summary>What this process knows of blueprints: bounded, and what was not used for longest makes room.</summary>
internal sealed class BlueprintMemory(int maxEntries)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BlueprintId, LinkedListNode<LearnedBlueprint>> _nodes = [];
    private readonly LinkedList<LearnedBlueprint> _byUse = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _nodes.Count;
            }
        }
    }

    public LearnedBlueprint? Find(BlueprintId id)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(id, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    /// <summary>Keeps what was learned, in place of what was known.</summary>
    public void Write(IEnumerable<LearnedBlueprint> blueprints)
    {
        lock (_gate)
        {
            foreach (var blueprint in blueprints)
            {
                if (_nodes.Remove(blueprint.Id, out var known))
                {
                    _byUse.Remove(known);
                }
                else if (_nodes.Count >= maxEntries)
                {
                    _nodes.Remove(_byUse.Last!.Value.Id);
                    _byUse.RemoveLast();
                }

                _nodes.Add(blueprint.Id, _byUse.AddFirst(blueprint));
            }
        }
    }
}
