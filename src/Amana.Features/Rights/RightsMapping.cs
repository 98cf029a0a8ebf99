using Amana.Domain.Rights;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Rights;

internal sealed class RightsMapping : IEntityTypeConfiguration<RightsRequest>, IEntityTypeConfiguration<DisposalCertificate>, IEntityTypeConfiguration<RecipientNotice>, IEntityTypeConfiguration<LegalHold>
{
    public void Configure(EntityTypeBuilder<RightsRequest> builder)
    {
        builder.ToTable("rights_requests").HasKey(r => r.Id);
        builder.HasIndex(r => r.ActivityId);
        builder.HasIndex(r => r.PersonId);
    }

    public void Configure(EntityTypeBuilder<RecipientNotice> builder)
    {
        builder.ToTable("recipient_notices").HasKey(n => n.Id);
        builder.HasIndex(n => n.ActivityId);
        builder.HasIndex(n => n.RequestId);
    }

    public void Configure(EntityTypeBuilder<DisposalCertificate> builder) => builder.ToTable("disposal_certificates").HasKey(c => c.Id);

    public void Configure(EntityTypeBuilder<LegalHold> builder)
    {
        builder.ToTable("legal_holds").HasKey(h => h.Id);
        builder.Property(h => h.Reason).HasMaxLength(1000);
        builder.HasIndex(h => h.ActivityId);
        builder.Ignore(h => h.Stands);
    }
}
