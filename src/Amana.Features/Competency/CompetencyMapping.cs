using Amana.Domain.Competency;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Competency;

internal sealed class CompetencyMapping : IEntityTypeConfiguration<CompetencyEvidence>, IEntityTypeConfiguration<TeamMember>, IEntityTypeConfiguration<OrganisationProfile>
{
    public void Configure(EntityTypeBuilder<CompetencyEvidence> builder)
    {
        builder.ToTable("competency_evidence").HasKey(e => e.Id);
        builder.HasIndex(e => e.StaffId);
    }

    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.ToTable("team_members").HasKey(m => m.Id);
        builder.HasIndex(m => m.ActivityId);
    }

    public void Configure(EntityTypeBuilder<OrganisationProfile> builder)
    {
        builder.ToTable("organisation_profiles").HasKey(p => p.OrganisationId);
        builder.Property(p => p.Raised).AsJson();
    }
}
