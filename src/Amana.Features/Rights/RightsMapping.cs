using Amana.Domain.Rights;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Rights;

internal sealed class RightsMapping : IEntityTypeConfiguration<RightsRequest>, IEntityTypeConfiguration<DisposalCertificate>
{
    public void Configure(EntityTypeBuilder<RightsRequest> builder)
    {
        builder.ToTable("rights_requests").HasKey(r => r.Id);
        builder.HasIndex(r => r.ActivityId);
    }

    public void Configure(EntityTypeBuilder<DisposalCertificate> builder) => builder.ToTable("disposal_certificates").HasKey(c => c.Id);
}
