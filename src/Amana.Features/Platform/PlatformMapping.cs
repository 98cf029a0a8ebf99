using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Platform;

internal sealed class PlatformMapping :
    IEntityTypeConfiguration<LedgerEntry>, IEntityTypeConfiguration<LedgerCheckpoint>, IEntityTypeConfiguration<LedgerFrontier>, IEntityTypeConfiguration<DataKey>,
    IEntityTypeConfiguration<StoreStamp>, IEntityTypeConfiguration<Tombstone>, IEntityTypeConfiguration<KeyTarget>, IEntityTypeConfiguration<OpeningCount>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("ledger_entries").HasKey(e => e.Id);
        builder.Property(e => e.Kind).HasMaxLength(60);
        builder.Property(e => e.Actor).HasMaxLength(60);
        builder.HasIndex(e => e.Position).IsUnique().HasFilter("position is not null"); // or SQLite looks for those that wait here, and sorts them all for each batch
        builder.HasIndex(e => e.Id).HasFilter("position is null"); // those that wait for their place, in order, however many there are
        builder.HasIndex(e => new { e.ActivityId, e.At });
    }

    public void Configure(EntityTypeBuilder<LedgerCheckpoint> builder) => builder.ToTable("ledger_checkpoints", t => t.HasComment("Signed tree heads")).HasKey(c => c.Size);

    public void Configure(EntityTypeBuilder<LedgerFrontier> builder)
    {
        builder.ToTable("ledger_frontier").HasKey(f => f.Id);
        builder.Property(f => f.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<StoreStamp> builder)
    {
        builder.ToTable("store_stamp").HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasData(StoreStamp.First);
    }

    public void Configure(EntityTypeBuilder<Tombstone> builder) => builder.ToTable("tombstones").HasKey(t => t.Mark);

    public void Configure(EntityTypeBuilder<KeyTarget> builder)
    {
        builder.ToTable("key_targets").HasKey(t => t.Id);
        builder.Property(t => t.Name).HasMaxLength(60);
        builder.HasIndex(t => t.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OpeningCount> builder)
    {
        builder.ToTable("opening_counts").HasKey(c => new { c.Budget, c.Hour });
        builder.Property(c => c.Budget).HasMaxLength(61);
    }

    public void Configure(EntityTypeBuilder<DataKey> builder)
    {
        builder.ToTable("data_keys").HasKey(k => new { k.OwnerId, k.Use });
        builder.Property(k => k.Use).HasMaxLength(40);
        builder.Ignore(k => k.Bare);
    }
}
