using Amana.Domain.Risk;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Risk;

internal sealed class RiskMapping : IEntityTypeConfiguration<RiskAssessment>, IEntityTypeConfiguration<RiskRevision>
{
    public void Configure(EntityTypeBuilder<RiskAssessment> builder)
    {
        builder.ToTable("risk_assessments").HasKey(r => r.ActivityId);
        builder.Property(r => r.Content).AsJson();
        builder.Property(r => r.ApprovedScope).AsJson();
        builder.Property(r => r.Authors).AsJson();
    }

    public void Configure(EntityTypeBuilder<RiskRevision> builder)
    {
        builder.ToTable("risk_revisions").HasKey(r => new { r.ActivityId, r.Revision });
        builder.Property(r => r.Content).AsJson();
        builder.Property(r => r.Authors).AsJson();
    }
}
