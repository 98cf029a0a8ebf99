using Amana.Domain.Capture;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Capture;

internal sealed class CaptureMapping : IEntityTypeConfiguration<FormLink>, IEntityTypeConfiguration<SealingKey>
{
    public void Configure(EntityTypeBuilder<FormLink> builder)
    {
        builder.ToTable("form_links").HasKey(l => l.Id);
        builder.Property(l => l.TokenHash).HasMaxLength(64);
        builder.Property(l => l.UsedFor).IsConcurrencyToken();
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.HasIndex(l => l.ActivityId);
    }

    public void Configure(EntityTypeBuilder<SealingKey> builder)
    {
        builder.ToTable("sealing_keys").HasKey(k => k.Id);
        builder.HasIndex(k => k.ActivityId).IsUnique();
    }
}
