using Amana.Domain.Linkage;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Linkage;

internal sealed class LinkageMapping : IEntityTypeConfiguration<LikelyMatch>
{
    public void Configure(EntityTypeBuilder<LikelyMatch> builder)
    {
        builder.ToTable("likely_matches").HasKey(m => m.Id);
        builder.Property(m => m.Because).AsJson();
        builder.HasIndex(m => m.LeftActivity);
        builder.HasIndex(m => m.RightActivity);
        builder.HasIndex(m => m.LeftPerson);
        builder.HasIndex(m => m.RightPerson);
    }
}
