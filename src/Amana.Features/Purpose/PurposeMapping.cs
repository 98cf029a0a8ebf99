using Amana.Domain.Purpose;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Purpose;

internal sealed class PurposeMapping : IEntityTypeConfiguration<PurposeStatement>
{
    public void Configure(EntityTypeBuilder<PurposeStatement> builder)
    {
        builder.ToTable("purposes").HasKey(p => p.ActivityId);
        builder.Property(p => p.Content).AsJson();
        builder.Property(p => p.Proportionality).AsJson();
        builder.Property(p => p.Uses).AsJson();
        builder.Property(p => p.CompatibleUses).AsJson();
    }
}
