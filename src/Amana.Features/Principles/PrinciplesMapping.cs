using Amana.Domain.Principles;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Principles;

internal sealed class PrinciplesMapping : IEntityTypeConfiguration<RuleStanding>, IEntityTypeConfiguration<MendRequest>
{
    public void Configure(EntityTypeBuilder<RuleStanding> builder)
    {
        builder.ToTable("rule_standings").HasKey(r => r.Id);
        builder.Property(r => r.Gaps).AsJson();
        builder.HasIndex(r => new { r.ActivityId, r.Since });
    }

    public void Configure(EntityTypeBuilder<MendRequest> builder) => builder.ToTable("mend_requests").HasKey(r => new { r.ActivityId, r.Rule });
}
