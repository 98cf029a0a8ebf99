using Amana.Domain.Cases;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Cases;

internal sealed class CasesMapping : IEntityTypeConfiguration<ReferralPathway>, IEntityTypeConfiguration<CaseAssignment>, IEntityTypeConfiguration<Referral>
{
    public void Configure(EntityTypeBuilder<Referral> builder)
    {
        builder.ToTable("referrals").HasKey(r => r.Id);
        builder.Property(r => r.Code).HasMaxLength(20);
        builder.HasIndex(r => r.Code).IsUnique();
        builder.HasIndex(r => r.ActivityId);
        builder.HasIndex(r => r.ReceiverId);
        builder.HasIndex(r => r.PersonId);
        builder.HasIndex(r => r.RecordId);
    }

    public void Configure(EntityTypeBuilder<ReferralPathway> builder)
    {
        builder.ToTable("referral_pathways").HasKey(p => p.ActivityId);
        builder.Property(p => p.Services).AsJson();
    }

    public void Configure(EntityTypeBuilder<CaseAssignment> builder)
    {
        builder.ToTable("case_assignments").HasKey(c => c.Id);
        builder.HasIndex(c => c.RecordId).IsUnique().HasFilter("ended_at is null"); // one caseload at a time, also when two decide at once
        builder.HasIndex(c => new { c.ActivityId, c.EndedAt, c.WorkerId });
        builder.HasIndex(c => c.PersonId);
    }
}
