using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Sharing;

internal sealed class SharingMapping : IEntityTypeConfiguration<Agreement>, IEntityTypeConfiguration<SharingPlan>, IEntityTypeConfiguration<Release>, IEntityTypeConfiguration<ReleaseFile>,
    IEntityTypeConfiguration<ReleaseCopy>, IEntityTypeConfiguration<ReleaseCopyFile>, IEntityTypeConfiguration<ReleaseWork>, IEntityTypeConfiguration<Departure>
{
    public void Configure(EntityTypeBuilder<Agreement> builder)
    {
        builder.ToTable("agreements").HasKey(a => a.Id);
        builder.Property(a => a.InForce).AsJson();
        builder.Property(a => a.Kinds).AsJson();
        builder.Property(a => a.Fields).AsJson();
        builder.Property(a => a.Acts).AsJson();
        builder.Property(a => a.Earlier).AsJson();
        builder.Ignore(a => a.Terms).Ignore(a => a.CopyToConfirm);
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
        builder.Property(r => r.MethodNote).AsJson();
        builder.HasIndex(r => r.ActivityId);
    }

    public void Configure(EntityTypeBuilder<ReleaseFile> builder)
    {
        builder.ToTable("release_files").HasKey(r => r.ReleaseId);
        builder.HasIndex(r => r.ActivityId);
    }

    public void Configure(EntityTypeBuilder<Departure> builder)
    {
        builder.ToTable("departures").HasKey(d => d.Id);
        builder.HasIndex(d => new { d.ActivityId, d.At });
    }

    public void Configure(EntityTypeBuilder<ReleaseWork> builder)
    {
        builder.ToTable("release_works").HasKey(w => w.Id);
        builder.Property(w => w.Intent).AsJson();
        builder.Property(w => w.Draft).AsJson();
        builder.Property(w => w.Earlier).AsJson();
        builder.Property(w => w.Found).AsJson();
        builder.Property(w => w.Refusals).AsJson();
        builder.HasIndex(w => w.ActivityId);
    }

    public void Configure(EntityTypeBuilder<ReleaseCopy> builder)
    {
        builder.ToTable("release_copies").HasKey(c => c.Id);
        builder.HasIndex(c => new { c.ReleaseId, c.Number }).IsUnique();
        builder.HasIndex(c => c.ActivityId);
    }

    public void Configure(EntityTypeBuilder<ReleaseCopyFile> builder)
    {
        builder.ToTable("release_copy_files").HasKey(f => f.CopyId);
        builder.HasIndex(f => f.ActivityId);
    }
}
