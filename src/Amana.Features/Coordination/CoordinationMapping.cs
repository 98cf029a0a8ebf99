using Amana.Domain.Coordination;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Coordination;

internal sealed class CoordinationMapping : IEntityTypeConfiguration<InformationProtocol>, IEntityTypeConfiguration<DataRequest>, IEntityTypeConfiguration<ServicePoint>,
    IEntityTypeConfiguration<Boundaries>
{
    public void Configure(EntityTypeBuilder<InformationProtocol> builder)
    {
        builder.ToTable("protocols").HasKey(p => p.OperationId);
        builder.Property(p => p.Content).AsJson();
    }

    public void Configure(EntityTypeBuilder<Boundaries> builder)
    {
        builder.ToTable("boundaries").HasKey(b => b.OperationId);
        builder.Property(b => b.Areas).AsJson();
        builder.Property(b => b.Codes).AsJson();
    }

    public void Configure(EntityTypeBuilder<DataRequest> builder)
    {
        builder.ToTable("data_requests").HasKey(r => r.Id);
        builder.Property(r => r.Assessment).AsJson();
    }

    public void Configure(EntityTypeBuilder<ServicePoint> builder)
    {
        builder.ToTable("services").HasKey(s => s.Id);
        builder.Property(s => s.Place).AsJson();
    }
}
