using Amana.Domain.Capture;
using Amana.Domain.Consent;
using Amana.Domain.Participation;
using Amana.Domain.Records;
using Amana.Features.Accounts;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Amana.Features.Platform.Backup;

/// <summary>Which half of the store is written out: the data, or the keys with the hashes by which people are found. They lie in different places.</summary>
public enum DumpPart { Data, Keys }

/// <summary>Which tables and columns belong to which half. What is named nowhere here belongs to the data.</summary>
public static class DumpShapes
{
    /// <summary>Tables that the data's backup does not have at all.</summary>
    private static readonly Type[] KeysAlone = [typeof(DataKey), typeof(Tombstone), typeof(SubmissionMark)];

    /// <summary>Columns that the data's backup leaves blank: keyed hashes by which somebody who knows a code finds a person.</summary>
    private static readonly (Type Entity, string Property)[] Hashes = [(typeof(PersonConsent), nameof(PersonConsent.ReceiptIndex)), (typeof(FormLink), nameof(FormLink.UsedFor)),
        (typeof(Feedback), nameof(Feedback.ReplyIndex))];

    /// <summary>Nobody stays signed in over a restore, and what is where on this machine is no part of the data.</summary>
    private static readonly Type[] Neither = [typeof(StaffSession), typeof(KeyTarget), typeof(OpeningCount)];

    /// <summary>The tables of a half, those that others point to first.</summary>
    internal static IReadOnlyList<DumpShape> Of(IModel model, GroupRows rows, DumpPart part) =>
        [.. InOrder(model).Where(t => !Neither.Contains(t.ClrType)).Select(t => Shape(rows.Of(t.ClrType), t, part)).OfType<DumpShape>()];

    private static DumpShape? Shape(RowShape row, IEntityType type, DumpPart part)
    {
        var entity = type.ClrType;
        var hashes = Hashes.Where(h => h.Entity == entity).Select(h => h.Property).ToList();
        if (part == DumpPart.Data)
            return KeysAlone.Contains(entity) ? null : new DumpShape(row, [.. row.Columns, .. Owned(type)], [.. row.Columns.Where(c => hashes.Contains(c.Property.Name))]);
        if (KeysAlone.Contains(entity))
            return new DumpShape(row, row.Columns, []);
        return hashes.Count == 0 ? null : new DumpShape(row, [.. row.Columns.Where(c => c.Property.IsPrimaryKey() || hashes.Contains(c.Property.Name))], []);
    }

    /// <summary>Values that a row owns as JSON, such as what a passkey consists of.</summary>
    private static IEnumerable<RowColumn> Owned(IEntityType type) => type.GetNavigations().Where(n => n.ForeignKey.IsOwnership && n.TargetEntityType.IsMappedToJson())
        .Select(n => new RowColumn(n.TargetEntityType.GetContainerColumnName()!, n.TargetEntityType.GetContainerColumnType() ?? "text"));

    private static List<IEntityType> InOrder(IModel model)
    {
        var (ordered, seen) = (new List<IEntityType>(), new HashSet<IEntityType>());
        void Visit(IEntityType type)
        {
            if (!seen.Add(type))
                return;
            foreach (var key in type.GetForeignKeys())
                Visit(key.PrincipalEntityType);
            ordered.Add(type);
        }

        foreach (var type in model.GetEntityTypes().Where(t => !t.IsOwned()).OrderBy(t => t.Name, StringComparer.Ordinal))
            Visit(type);
        return ordered;
    }
}

/// <summary>One table as it is written out: its columns, and which of them are left blank.</summary>
internal sealed record DumpShape(RowShape Row, IReadOnlyList<RowColumn> Columns, IReadOnlyList<RowColumn> Blank)
{
    public string Table => Row.Table;

    public IReadOnlyList<int> KeyPlaces => [.. Columns.Select((c, i) => (c, i)).Where(x => x.c.Property?.IsPrimaryKey() == true).Select(x => x.i)];
}
