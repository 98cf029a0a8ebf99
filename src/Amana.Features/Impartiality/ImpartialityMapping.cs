using Amana.Domain.Impartiality;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Impartiality;

internal sealed class ImpartialityMapping : IEntityTypeConfiguration<MethodStatement>
{
    public void Configure(EntityTypeBuilder<MethodStatement> builder)
    {
        builder.ToTable("methods").HasKey(m => m.ActivityId);
        builder.Property(m => m.Content).AsJson();
        builder.Property(m => m.Neutrality).AsJson();
    }
}
