using System.Data.Common;
using System.Text.Json;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Platform.Backup;

/// <summary>Values of columns as backups write them, the same from both databases: times as ticks of UTC, ids and days as text, bytes as Base64.</summary>
internal static class DumpValues
{
    public static void Write(Utf8JsonWriter json, DbDataReader reader, int at, RowColumn column)
    {
        if (reader.IsDBNull(at))
        {
            json.WriteNullValue();
            return;
        }

        switch (Type.GetTypeCode(Bare(column)))
        {
            case TypeCode.String:
                json.WriteStringValue(reader.GetString(at));
                break;
            case TypeCode.Boolean:
                json.WriteBooleanValue(reader.GetBoolean(at));
                break;
            case TypeCode.Int32 or TypeCode.Int64 or TypeCode.Int16:
                json.WriteNumberValue(reader.GetInt64(at));
                break;
            case TypeCode.Double:
                json.WriteNumberValue(reader.GetDouble(at));
                break;
            case TypeCode.Decimal:
                json.WriteNumberValue(reader.GetDecimal(at));
                break;
            default:
                WriteOther(json, reader, at, Bare(column));
                break;
        }
    }

    /// <summary>The value as the database's driver takes it.</summary>
    public static object Read(JsonElement value, RowColumn column)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return DBNull.Value;
        var type = Bare(column);
        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => value.GetString()!,
            TypeCode.Boolean => value.GetBoolean(),
            TypeCode.Int16 => value.GetInt16(),
            TypeCode.Int32 => value.GetInt32(),
            TypeCode.Int64 => value.GetInt64(),
            TypeCode.Double => value.GetDouble(),
            TypeCode.Decimal => value.GetDecimal(),
            _ => type == typeof(Guid) ? value.GetGuid()
                : type == typeof(byte[]) ? value.GetBytesFromBase64()
                : type == typeof(DateTimeOffset) ? new DateTimeOffset(value.GetInt64(), TimeSpan.Zero)
                : type == typeof(DateOnly) ? DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
                : throw Unknown(type),
        };
    }

    /// <summary>Whether values of the column can be written and read.</summary>
    public static bool Knows(RowColumn column) => Bare(column) is var type
        && (type == typeof(Guid) || type == typeof(byte[]) || type == typeof(DateTimeOffset) || type == typeof(DateOnly)
            || Type.GetTypeCode(type) is TypeCode.String or TypeCode.Boolean or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 or TypeCode.Double or TypeCode.Decimal);

    /// <summary>What stands for a hash that is left blank and may not be missing: random, so that none equals another.</summary>
    public static object Placeholder(RowColumn column) =>
        column.Property.IsNullable ? DBNull.Value : System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);

    private static void WriteOther(Utf8JsonWriter json, DbDataReader reader, int at, Type type)
    {
        if (type == typeof(Guid))
            json.WriteStringValue(reader.GetGuid(at));
        else if (type == typeof(byte[]))
            json.WriteBase64StringValue(reader.GetFieldValue<byte[]>(at));
        else if (type == typeof(DateTimeOffset))
            json.WriteNumberValue(reader.GetFieldValue<DateTimeOffset>(at).UtcTicks);
        else if (type == typeof(DateOnly))
            json.WriteStringValue(reader.GetFieldValue<DateOnly>(at).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        else
            throw Unknown(type);
    }

    private static Type Bare(RowColumn column) => Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType;

    private static NotSupportedException Unknown(Type type) => new($"No backup form for {type.Name}.");
}
