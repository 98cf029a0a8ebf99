using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Platform.Witnesses;

internal sealed class WitnessMapping : IEntityTypeConfiguration<LedgerWitness>, IEntityTypeConfiguration<WatchedLedger>
{
    public void Configure(EntityTypeBuilder<LedgerWitness> builder)
    {
        builder.ToTable("ledger_witnesses").HasKey(w => w.Id);
        builder.Property(w => w.Address).HasMaxLength(400);
        builder.HasIndex(w => w.Address).IsUnique();
    }

    public void Configure(EntityTypeBuilder<WatchedLedger> builder)
    {
        builder.ToTable("watched_ledgers").HasKey(w => w.Origin);
        builder.Property(w => w.Origin).HasMaxLength(200);
    }
}
