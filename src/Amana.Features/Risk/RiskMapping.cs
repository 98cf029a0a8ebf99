using Amana.Domain.Risk;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Risk;

internal sealed class RiskMapping : IEntityTypeConfiguration<RiskAssessment>
{
    public void Configure(EntityTypeBuilder<RiskAssessment> builder)
    {
        builder.ToTable("risk_assessments").HasKey(r => r.ActivityId);
        builder.Property(r => r.Content).AsJson();
    }
}
