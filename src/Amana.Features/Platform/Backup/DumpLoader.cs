using System.Data.Common;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Amana.Features.Platform.Backup;

/// <summary>Puts the rows of a dump into the tables of an empty store, within the transaction of the restore.</summary>
internal sealed class DumpLoader(DbTransaction transaction) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>Empties what a migration put into the tables by itself.</summary>
    public void Empty(DumpShape shape)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // names of the mapped model, nothing from outside
        command.CommandText = "delete from \"" + shape.Table + "\"";
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <param name="shape">The table.</param>
    /// <param name="row">The row; its columns are found by name, and all of the table's must be there.</param>
    /// <param name="blank">What takes the place of a column that the data's backup leaves blank.</param>
    public void Insert(DumpShape shape, DumpedRow row, Func<RowColumn, object> blank)
    {
        var command = Command(shape);
        for (var i = 0; i < shape.Columns.Count; i++)
        {
            var column = shape.Columns[i];
            var at = row.Columns.ToList().IndexOf(column.Name);
            if (at < 0)
                throw new InvalidDataException($"The backup has no column '{column.Name}' of the table '{shape.Table}': it is of another version. Restore it with the version that made it, then update.");
            command.Parameters[i].Value = shape.Blank.Contains(column) ? blank(column) : DumpValues.Read(row.Values[at], column);
        }

        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
    }

    private DbCommand Command(DumpShape shape)
    {
        if (_commands.TryGetValue(shape.Table, out var command))
            return command;
        var onPostgreSql = transaction is NpgsqlTransaction;
        command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        var values = shape.Columns.Select((c, i) => onPostgreSql ? $"${i + 1}::{c.StoreType}" : "@p" + i);
#pragma warning disable CA2100 // names of the mapped model, nothing from outside
        command.CommandText = $"insert into \"{shape.Table}\" ({string.Join(", ", shape.Columns.Select(c => $"\"{c.Name}\""))}) values ({string.Join(", ", values)})";
#pragma warning restore CA2100
        for (var i = 0; i < shape.Columns.Count; i++)
        {
            var parameter = command.CreateParameter();
            if (!onPostgreSql)
                parameter.ParameterName = "@p" + i;
            command.Parameters.Add(parameter);
        }

        return _commands[shape.Table] = command;
    }
}
