using Amana.Features.Principles;

namespace Amana.Web.Hosting;

/// <summary>Notes every few minutes which rules answer otherwise than before, and sends the daily digest where the host is given a mail server.</summary>
public sealed class RuleWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<RuleWork> log) : RepeatedWork(scopes, opening, clock, log)
{
    protected override TimeSpan Round => TimeSpan.FromMinutes(4);

    protected override string What => "Noting how rules stand, or sending the digest,";

    protected override async Task Do(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<NoteRuleChanges>().Handle(cancellationToken);
        await services.GetRequiredService<SendDigest>().Handle(cancellationToken);
    }
}
