using Amana.Domain.Emergencies;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Amana.Features.Emergencies;

internal sealed class EmergenciesMapping : IEntityTypeConfiguration<EmergencyOpening>, IEntityTypeConfiguration<RuleOverride>
{
    public void Configure(EntityTypeBuilder<EmergencyOpening> builder)
    {
        builder.ToTable("emergency_openings").HasKey(e => e.Id);
        builder.HasIndex(e => e.ActivityId);
        builder.HasIndex(e => e.PersonId);
    }

    public void Configure(EntityTypeBuilder<RuleOverride> builder)
    {
        builder.ToTable("rule_overrides").HasKey(o => o.Id);
        builder.Property(o => o.RuleId).HasMaxLength(10);
        builder.HasIndex(o => o.ActivityId);
    }
}

/// <summary>Takes people out of emergency openings: the reason goes, and the tie to the person; that a record was opened, by whom, and the review stay.</summary>
public sealed class ErasesEmergencies : IErasesPeople
{
    public int Order => -10;

    public IReadOnlyList<Type> Tables => [typeof(EmergencyOpening)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Select(p => (PersonId?)p).Chunk(500))
            erased += await db.Set<EmergencyOpening>().Where(e => chunk.Contains(e.PersonId))
                .ExecuteUpdateAsync(e => e.SetProperty(x => x.PersonId, (PersonId?)null).SetProperty(x => x.ReasonBox, Array.Empty<byte>()), cancellationToken);
        return erased;
    }
}
