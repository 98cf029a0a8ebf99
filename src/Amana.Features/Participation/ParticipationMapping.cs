using Amana.Domain.Participation;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Participation;

internal sealed class ParticipationMapping : IEntityTypeConfiguration<Consultation>, IEntityTypeConfiguration<ResultsReturned>, IEntityTypeConfiguration<Feedback>
{
    public void Configure(EntityTypeBuilder<Consultation> builder)
    {
        builder.ToTable("consultations").HasKey(c => c.Id);
        builder.Property(c => c.Groups).AsJson();
        builder.HasIndex(c => c.ActivityId);
    }

    public void Configure(EntityTypeBuilder<ResultsReturned> builder)
    {
        builder.ToTable("results_returned").HasKey(r => r.Id);
        builder.Property(r => r.ToWhom).AsJson();
        builder.HasIndex(r => r.ActivityId);
    }

    public void Configure(EntityTypeBuilder<Feedback> builder)
    {
        builder.ToTable("feedback").HasKey(f => f.Id);
        builder.HasIndex(f => f.ActivityId);
        builder.HasIndex(f => f.ReplyIndex);
    }
}
