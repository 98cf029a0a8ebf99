using Amana.Domain.Activities;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Texts;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Activities;

/// <summary>The language in which an activity speaks to those who do not say theirs, such as phones: the first of its own that the product speaks.</summary>
public sealed class ActivityLanguages(AmanaDb db)
{
    public async Task<Language> Read(ActivityId activity, CancellationToken cancellationToken)
    {
        var declared = await db.Set<Activity>().AsNoTracking().Where(a => a.Id == activity).Select(a => a.Languages).FirstOrDefaultAsync(cancellationToken);
        return declared?.Select(Language.Find).FirstOrDefault(l => l is not null) ?? Language.English;
    }
}
