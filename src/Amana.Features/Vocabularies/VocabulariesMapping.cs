using Amana.Domain.Vocabularies;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Vocabularies;

internal sealed class VocabulariesMapping : IEntityTypeConfiguration<EditedTerm>
{
    public void Configure(EntityTypeBuilder<EditedTerm> builder)
    {
        builder.ToTable("vocabulary_terms").HasKey(t => new { t.ListCode, t.TermCode });
        builder.Property(t => t.ListCode).HasMaxLength(40);
        builder.Property(t => t.TermCode).HasMaxLength(40);
        builder.Property(t => t.Label).AsJson();
    }
}
