using Amana.Domain.Accounts;
using Amana.Features.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Accounts;

internal sealed class AccountsMapping :
    IEntityTypeConfiguration<HumanitarianOperation>, IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<StaffMember>, IEntityTypeConfiguration<AppUser>, IEntityTypeConfiguration<Account>,
    IEntityTypeConfiguration<StaffSession>, IEntityTypeConfiguration<SignInRecord>, IEntityTypeConfiguration<OneTimeFactor>, IEntityTypeConfiguration<RecoveryCode>, IEntityTypeConfiguration<IdentityUserPasskey<Guid>>, IEntityTypeConfiguration<ApiToken>,
    IEntityTypeConfiguration<KnownDevice>, IEntityTypeConfiguration<OrganisationMapping>, IEntityTypeConfiguration<OutsideIdentity>
{
    public void Configure(EntityTypeBuilder<HumanitarianOperation> builder)
    {
        builder.ToTable("operations").HasKey(o => o.Id);
        builder.Property(o => o.Limits).AsJson();
        builder.Property(o => o.SignIn).AsJson();
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
        builder.Property(s => s.Device).HasMaxLength(40);
        builder.HasIndex(s => s.TokenHash).IsUnique();
        builder.HasIndex(s => s.StaffId);
    }

    public void Configure(EntityTypeBuilder<SignInRecord> builder)
    {
        builder.ToTable("sign_ins").HasKey(s => s.Id);
        builder.Property(s => s.Device).HasMaxLength(40);
        builder.Property(s => s.Place).HasMaxLength(4);
        builder.HasIndex(s => new { s.StaffId, s.At });
    }

    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_tokens").HasKey(t => t.Id);
        builder.Property(t => t.Scope).AsJson();
        builder.HasIndex(t => t.TokenHash).IsUnique();
        builder.HasIndex(t => t.HeldBy);
    }

    public void Configure(EntityTypeBuilder<KnownDevice> builder)
    {
        builder.ToTable("known_devices").HasKey(d => d.Id);
        builder.Property(d => d.TokenHash).HasMaxLength(64);
        builder.HasIndex(d => d.TokenHash).IsUnique();
        builder.HasIndex(d => d.StaffId);
    }

    public void Configure(EntityTypeBuilder<OrganisationMapping> builder)
    {
        builder.ToTable("organisation_mappings").HasKey(m => m.Id);
        builder.Property(m => m.Issuer).HasMaxLength(400);
        builder.Property(m => m.Value).HasMaxLength(200);
        builder.HasIndex(m => new { m.Issuer, m.Claim, m.Value }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OutsideIdentity> builder)
    {
        builder.ToTable("outside_identities").HasKey(o => o.Mark);
        builder.Property(o => o.Mark).HasMaxLength(64);
        builder.HasIndex(o => o.StaffId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OneTimeFactor> builder)
    {
        builder.ToTable("one_time_factors").HasKey(f => f.StaffId);
        builder.Property(f => f.Salt).HasMaxLength(16);
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("recovery_codes").HasKey(c => c.Id);
        builder.Property(c => c.Hash).HasMaxLength(64);
        builder.HasIndex(c => c.StaffId);
    }

    /// <summary>As the framework maps it in version 3 of its schema, which a context without its options does not ask for.</summary>
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder)
    {
        builder.ToTable("account_passkeys").HasKey(p => p.CredentialId);
        builder.Property(p => p.CredentialId).HasMaxLength(1024);
        builder.HasIndex(p => p.UserId);
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.UserId).IsRequired();
        builder.OwnsOne(p => p.Data).ToJson();
    }
}
