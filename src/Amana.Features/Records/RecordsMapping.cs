using Amana.Domain.Records;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Records;

internal sealed class RecordsMapping : IEntityTypeConfiguration<RecordEntry>, IEntityTypeConfiguration<PersonBox>,
    IEntityTypeConfiguration<QuarantinedSubmission>, IEntityTypeConfiguration<RefusalCount>, IEntityTypeConfiguration<SubmissionMark>, IEntityTypeConfiguration<RecordVersion>,
    IEntityTypeConfiguration<EntityList>, IEntityTypeConfiguration<ListedEntity>, IEntityTypeConfiguration<RecordComment>, IEntityTypeConfiguration<AccuracyReview>, IEntityTypeConfiguration<CorrectionsTold>, IEntityTypeConfiguration<WaitingEntityChange>,
    IEntityTypeConfiguration<AwaitedRecord>
{
    public void Configure(EntityTypeBuilder<RecordEntry> builder)
    {
        builder.ToTable("records").HasKey(r => r.Id);
        builder.Property(r => r.Findings).AsJson();
        builder.HasIndex(r => r.Code).IsUnique();
        builder.HasIndex(r => new { r.ActivityId, r.ReceivedAt });
        builder.HasIndex(r => r.PersonId);
    }

    public void Configure(EntityTypeBuilder<PersonBox> builder)
    {
        builder.ToTable("person_boxes").HasKey(b => b.Id);
        builder.HasIndex(b => b.RecordId);
        builder.HasIndex(b => b.PersonId);
    }

    public void Configure(EntityTypeBuilder<QuarantinedSubmission> builder)
    {
        builder.ToTable("quarantine").HasKey(q => q.Id);
        builder.Property(q => q.HeldBy).AsJson();
        builder.Property(q => q.Findings).AsJson();
        builder.HasIndex(q => new { q.ActivityId, q.State });
    }

    public void Configure(EntityTypeBuilder<AwaitedRecord> builder)
    {
        builder.ToTable("awaited_records").HasKey(r => r.Id);
        builder.Property(r => r.Missing).AsJson();
        builder.HasIndex(r => new { r.ActivityId, r.InstanceIndex }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<RefusalCount> builder) => builder.ToTable("refusal_counts").HasKey(c => new { c.ActivityId, c.Day });

    public void Configure(EntityTypeBuilder<SubmissionMark> builder) => builder.ToTable("submission_marks").HasKey(m => new { m.ActivityId, m.InstanceIndex });

    public void Configure(EntityTypeBuilder<RecordVersion> builder)
    {
        builder.ToTable("record_versions").HasKey(v => new { v.RecordId, v.Version });
        builder.HasIndex(v => v.PersonId);
    }

    public void Configure(EntityTypeBuilder<AccuracyReview> builder)
    {
        builder.ToTable("accuracy_reviews").HasKey(r => r.Id);
        builder.HasIndex(r => new { r.ActivityId, r.At });
    }

    public void Configure(EntityTypeBuilder<CorrectionsTold> builder)
    {
        builder.ToTable("corrections_told").HasKey(t => t.ReleaseId);
        builder.Property(t => t.ReleaseId).ValueGeneratedNever();
        builder.HasIndex(t => t.ActivityId);
    }

    public void Configure(EntityTypeBuilder<EntityList> builder)
    {
        builder.ToTable("entity_lists").HasKey(l => l.Id);
        builder.Property(l => l.Properties).AsJson();
        builder.HasIndex(l => new { l.ActivityId, l.Name }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ListedEntity> builder)
    {
        builder.ToTable("listed_entities").HasKey(e => new { e.ListId, e.EntityId });
        builder.Property(e => e.Steps).AsJson();
        builder.HasIndex(e => e.PersonId);
    }

    public void Configure(EntityTypeBuilder<RecordComment> builder)
    {
        builder.ToTable("record_comments").HasKey(c => c.Id);
        builder.HasIndex(c => c.RecordId);
        builder.HasIndex(c => c.PersonId);
    }

    public void Configure(EntityTypeBuilder<WaitingEntityChange> builder)
    {
        builder.ToTable("waiting_entity_changes").HasKey(c => c.Id);
        builder.Property(c => c.Origin).AsJson();
        builder.HasIndex(c => new { c.ListId, c.EntityId });
        builder.HasIndex(c => c.ActivityId);
        builder.HasIndex(c => c.PersonId);
    }
}
