using Amana.Domain.Accounts;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Accounts;

internal sealed class AccountsMapping :
    IEntityTypeConfiguration<HumanitarianOperation>, IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<StaffMember>, IEntityTypeConfiguration<AppUser>, IEntityTypeConfiguration<Account>,
    IEntityTypeConfiguration<StaffSession>
{
    public void Configure(EntityTypeBuilder<HumanitarianOperation> builder)
    {
        builder.ToTable("operations").HasKey(o => o.Id);
        builder.Property(o => o.Limits).AsJson();
    }

    public void Configure(EntityTypeBuilder<Organisation> builder) => builder.ToTable("organisations").HasKey(o => o.Id);

    public void Configure(EntityTypeBuilder<StaffMember> builder)
    {
        builder.ToTable("staff").HasKey(s => s.Id);
        builder.Property(s => s.Duties).AsJson();
        builder.HasIndex(s => s.Email).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AppUser> builder)
    {
        builder.ToTable("app_users").HasKey(a => a.Id);
        builder.HasIndex(a => a.TokenHash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Account> builder) => builder.ToTable("accounts");

    public void Configure(EntityTypeBuilder<StaffSession> builder)
    {
        builder.ToTable("sessions").HasKey(s => s.Id);
        builder.Property(s => s.TokenHash).HasMaxLength(64);
        builder.Property(s => s.AddressHash).HasMaxLength(16);
        builder.HasIndex(s => s.TokenHash).IsUnique();
        builder.HasIndex(s => s.StaffId);
    }
}
