using Amana.Domain.Incidents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Incidents;

internal sealed class IncidentsMapping : IEntityTypeConfiguration<Incident>, IEntityTypeConfiguration<Freeze>
{
    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.ToTable("incidents").HasKey(i => i.Id);
        builder.HasIndex(i => i.ActivityId);
    }

    public void Configure(EntityTypeBuilder<Freeze> builder)
    {
        builder.ToTable("freezes").HasKey(f => f.Id);
        builder.HasIndex(f => new { f.ActivityId, f.LiftedAt });
    }
}
