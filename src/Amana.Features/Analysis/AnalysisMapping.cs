using Amana.Domain.Analysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Analysis;

internal sealed class AnalysisMapping : IEntityTypeConfiguration<FiguresShown>
{
    public void Configure(EntityTypeBuilder<FiguresShown> builder)
    {
        builder.ToTable("figures_shown").HasKey(f => f.Id);
        builder.HasIndex(f => f.ActivityId).IsUnique();
        builder.Property(f => f.Version).IsConcurrencyToken();
    }
}
