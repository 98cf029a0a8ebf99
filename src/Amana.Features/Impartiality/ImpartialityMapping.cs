using Amana.Domain.Impartiality;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Impartiality;

internal sealed class ImpartialityMapping : IEntityTypeConfiguration<MethodStatement>, IEntityTypeConfiguration<BiasWatch>, IEntityTypeConfiguration<BiasFinding>
{
    public void Configure(EntityTypeBuilder<MethodStatement> builder)
    {
        builder.ToTable("methods").HasKey(m => m.ActivityId);
        builder.Property(m => m.Content).AsJson();
        builder.Property(m => m.Readings).AsJson();
    }

    public void Configure(EntityTypeBuilder<BiasWatch> builder)
    {
        builder.ToTable("bias_watches").HasKey(w => w.ActivityId);
        builder.Property(w => w.ActivityId).ValueGeneratedNever();
        builder.Property(w => w.Measures).AsJson();
    }

    public void Configure(EntityTypeBuilder<BiasFinding> builder)
    {
        builder.ToTable("bias_findings").HasKey(f => f.Id);
        builder.HasIndex(f => new { f.ActivityId, f.RaisedAt });
    }
}
