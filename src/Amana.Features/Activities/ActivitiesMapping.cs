using Amana.Domain.Activities;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Activities;

internal sealed class ActivitiesMapping : IEntityTypeConfiguration<Activity>, IEntityTypeConfiguration<OverlapReview>
{
    public void Configure(EntityTypeBuilder<Activity> builder)
    {
        builder.ToTable("activities").HasKey(a => a.Id);
        builder.HasIndex(a => a.Number).IsUnique();
        builder.Property(a => a.Place).AsJson();
        builder.Property(a => a.Population).AsJson();
        builder.Property(a => a.Period).AsJson();
        builder.Property(a => a.Languages).AsJson();
        builder.Property(a => a.Retention).AsJson();
        builder.Property(a => a.Feedback).AsJson();
        builder.Property(a => a.Capacity).AsJson();
    }

    public void Configure(EntityTypeBuilder<OverlapReview> builder)
    {
        builder.ToTable("overlap_reviews").HasKey(r => r.ActivityId);
        builder.Property(r => r.Found).AsJson();
        builder.Ignore(r => r.Unanswered);
    }
}
