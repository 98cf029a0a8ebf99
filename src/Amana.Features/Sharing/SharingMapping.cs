using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Sharing;

internal sealed class SharingMapping : IEntityTypeConfiguration<Agreement>, IEntityTypeConfiguration<SharingPlan>, IEntityTypeConfiguration<Release>, IEntityTypeConfiguration<ReleaseFile>
{
    public void Configure(EntityTypeBuilder<Agreement> builder)
    {
        builder.ToTable("agreements").HasKey(a => a.Id);
        builder.Property(a => a.InForce).AsJson();
    }

    public void Configure(EntityTypeBuilder<SharingPlan> builder)
    {
        builder.ToTable("sharing_plans").HasKey(p => p.ActivityId);
        builder.Property(p => p.Recipients).AsJson();
    }

    public void Configure(EntityTypeBuilder<Release> builder)
    {
        builder.ToTable("releases").HasKey(r => r.Id);
        builder.Property(r => r.Risk).AsJson();
        builder.HasIndex(r => r.ActivityId);
    }

    public void Configure(EntityTypeBuilder<ReleaseFile> builder)
    {
        builder.ToTable("release_files").HasKey(r => r.ReleaseId);
        builder.HasIndex(r => r.ActivityId);
    }
}
