using Amana.Domain.Consent;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Consent;

internal sealed class ConsentMapping : IEntityTypeConfiguration<Notice>, IEntityTypeConfiguration<PersonConsent>, IEntityTypeConfiguration<NoticeSound>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notices").HasKey(n => n.Id);
        builder.Property(n => n.Content).AsJson();
        builder.HasIndex(n => new { n.ActivityId, n.Version }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<NoticeSound> builder)
    {
        builder.ToTable("notice_sounds").HasKey(s => new { s.ActivityId, s.Sha256 });
        builder.Property(s => s.Sha256).HasMaxLength(64);
    }

    public void Configure(EntityTypeBuilder<PersonConsent> builder)
    {
        builder.ToTable("consents").HasKey(c => c.Id);
        builder.Property(c => c.Yeses).AsJson();
        builder.Property(c => c.Events).AsJson();
        builder.HasIndex(c => c.ReceiptIndex).IsUnique();
        builder.HasIndex(c => c.PersonId);
        builder.HasIndex(c => new { c.ActivityId, c.State });
        // Few end and few lapse: these hold those rows alone, so that taking in a submission writes nothing more.
        builder.HasIndex(c => new { c.ActivityId, c.EndedAt }).HasFilter("ended_at is not null");
        builder.HasIndex(c => new { c.ActivityId, c.ExpiresOn }).HasFilter("expires_on is not null");
    }
}
