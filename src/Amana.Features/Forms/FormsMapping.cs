using Amana.Domain.Forms;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Forms;

internal sealed class FormsMapping : IEntityTypeConfiguration<FormVersion>, IEntityTypeConfiguration<FormFile>, IEntityTypeConfiguration<FormAttachment>, IEntityTypeConfiguration<DraftTest>,
    IEntityTypeConfiguration<SubmissionKey>, IEntityTypeConfiguration<AwaitedPart>
{
    public void Configure(EntityTypeBuilder<FormVersion> builder)
    {
        builder.ToTable("form_versions").HasKey(f => f.Id);
        builder.Property(f => f.Languages).AsJson();
        builder.Property(f => f.Elements).AsJson();
        builder.Property(f => f.MissingTexts).AsJson();
        builder.Property(f => f.Files).AsJson();
        builder.Property(f => f.Entities).AsJson();
        builder.Property(f => f.Findings).AsJson();
        builder.Property(f => f.Answers).AsJson();
        builder.Ignore(f => f.OpenFindings);
        builder.HasIndex(f => f.ActivityId);
    }

    public void Configure(EntityTypeBuilder<FormFile> builder)
    {
        builder.ToTable("form_files").HasKey(f => f.FormVersionId);
        builder.Property(f => f.FormVersionId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<FormAttachment> builder)
    {
        builder.ToTable("form_attachments").HasKey(a => new { a.FormVersionId, a.Name });
        builder.Property(a => a.Name).HasMaxLength(255);
    }

    public void Configure(EntityTypeBuilder<DraftTest> builder)
    {
        builder.ToTable("draft_tests").HasKey(t => t.FormVersionId);
        builder.Property(t => t.FormVersionId).ValueGeneratedNever();
        builder.HasIndex(t => t.TokenHash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SubmissionKey> builder)
    {
        builder.ToTable("submission_keys").HasKey(k => k.ActivityId);
        builder.Property(k => k.ActivityId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<AwaitedPart> builder)
    {
        builder.ToTable("awaited_parts").HasKey(p => p.Id);
        builder.HasIndex(p => new { p.ActivityId, p.InstanceIndex, p.NameIndex }).IsUnique();
    }
}
