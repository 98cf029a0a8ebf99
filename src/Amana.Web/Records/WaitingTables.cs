using Amana.Domain.Shared;

namespace Amana.Web.Records;

/// <summary>Tables between their preview and their import. They hold data about people, so they stay in this process's memory, for half an hour, and never touch a disk.</summary>
public sealed class WaitingTables(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>So many wait at once at most; the oldest gives way.</summary>
    private const int Most = 8;

    private readonly Dictionary<Guid, Waiting> _tables = [];

    /// <summary>Keeps a table for the one who brought it; the id to ask for it with.</summary>
    public Guid Keep(StaffId by, ActivityId activity, FormVersionId form, byte[] file)
    {
        lock (_tables)
        {
            Forget(t => t.Until <= clock.GetUtcNow());
            if (_tables.Count >= Most)
                _tables.Remove(_tables.MinBy(t => t.Value.Until).Key);
            var id = Guid.NewGuid();
            _tables[id] = new Waiting(by, activity, form, file, clock.GetUtcNow() + Longest);
            return id;
        }
    }

    /// <summary>The table, for the one who brought it and the activity it is for; none when it has gone.</summary>
    public (FormVersionId Form, byte[] File)? Find(Guid id, StaffId by, ActivityId activity)
    {
        lock (_tables)
        {
            Forget(t => t.Until <= clock.GetUtcNow());
            return _tables.TryGetValue(id, out var waiting) && waiting.By == by && waiting.Activity == activity ? (waiting.Form, waiting.File) : null;
        }
    }

    /// <summary>Forgets the table.</summary>
    public void Forget(Guid id)
    {
        lock (_tables)
            _tables.Remove(id);
    }

    private void Forget(Func<Waiting, bool> which)
    {
        foreach (var id in _tables.Where(t => which(t.Value)).Select(t => t.Key).ToList())
            _tables.Remove(id);
    }

    private sealed record Waiting(StaffId By, ActivityId Activity, FormVersionId Form, byte[] File, DateTimeOffset Until);
}
