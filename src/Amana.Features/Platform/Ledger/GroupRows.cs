using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Platform.Ledger;

/// <summary>How rows of the mapped model are written without a change tracker: table, columns and values, all taken from the one mapping.</summary>
public sealed class GroupRows(IServiceScopeFactory scopes)
{
    private readonly ConcurrentDictionary<Type, RowShape> _shapes = new();
    private readonly Lazy<IModel> _model = new(() =>
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<AmanaDb>().Model;
    });

    /// <summary>The shape of an entity's row.</summary>
    public RowShape Of(Type entity) => _shapes.GetOrAdd(entity, static (type, model) =>
        new RowShape(model.Value.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is not mapped.")), _model);
}

/// <summary>One table as rows are written into it.</summary>
public sealed class RowShape
{
    private readonly IReadOnlyList<RowColumn> _key;

    internal RowShape(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        Table = table.Name;
        Columns = [.. entity.GetProperties().Select(p => new RowColumn(p, p.GetColumnName(table)!))];
        _key = [.. entity.FindPrimaryKey()!.Properties.Select(p => Columns.First(c => c.Property == p))];
    }

    public string Table { get; }
    public IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>The columns of the primary key, parted by commas.</summary>
    public string Key => Join(_key);

    public string AllColumns => Join(Columns);

    /// <summary>Adds to a count instead of failing on a row that is there.</summary>
    public string AddingTo(string property)
    {
        var count = Columns.First(c => c.Property.Name == property).Name;
        return $" on conflict ({Key}) do update set \"{count}\" = \"{Table}\".\"{count}\" + excluded.\"{count}\"";
    }

    /// <summary>The primary key's values as one text, the same for a row here and as it comes back from the database.</summary>
    public string KeyOf(object row) => string.Join('\n', _key.Select(c => TextOf(c.Value(row))));

    public static string TextOf(object value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        Guid id => id.ToString("N"),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private static string Join(IEnumerable<RowColumn> columns) => string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
}

/// <summary>One column: its name, its type in the database, and the value that a row has for it.</summary>
public sealed class RowColumn
{
    private readonly Func<object, object?>? _convert;

    internal RowColumn(IProperty property, string name)
    {
        (Property, Name) = (property, name);
        var mapping = (RelationalTypeMapping)property.GetTypeMapping();
        _convert = mapping.Converter?.ConvertToProvider;
        StoreType = mapping.StoreType;
        var type = mapping.Converter?.ProviderClrType ?? property.ClrType;
        ClrType = property.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;
    }

    /// <summary>A column that holds an owned value as JSON text: it belongs to no one property.</summary>
    internal RowColumn(string name, string storeType) => (Property, Name, StoreType, ClrType) = (null!, name, storeType, typeof(string));

    public string Name { get; }
    public string StoreType { get; }

    /// <summary>The type of values as the database's driver takes them.</summary>
    public Type ClrType { get; }

    internal IProperty Property { get; }

    /// <summary>The value, converted as the mapping says; <see cref="DBNull"/> for none.</summary>
    public object Value(object row)
    {
        var value = Property.GetGetter().GetClrValue(row);
        return value is null ? DBNull.Value : _convert is null ? value : _convert(value) ?? DBNull.Value;
    }
}
