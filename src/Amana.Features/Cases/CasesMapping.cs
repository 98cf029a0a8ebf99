using Amana.Domain.Cases;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Cases;

internal sealed class CasesMapping : IEntityTypeConfiguration<ReferralPathway>
{
    public void Configure(EntityTypeBuilder<ReferralPathway> builder)
    {
        builder.ToTable("referral_pathways").HasKey(p => p.ActivityId);
        builder.Property(p => p.Services).AsJson();
    }
}
