using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>What of a running house there is only one of, so that the story's house shares it: turns of writing, bell, keys, compiled forms.</summary>
public sealed record RunningHouse(StoreWriter Writer, LedgerBell Bell, ActivityKeys Keys, Keyring Keyring, CompiledForms Forms)
{
    internal void AddTo(IServiceCollection services) =>
        services.AddSingleton(Writer).AddSingleton(Bell).AddSingleton(Keys).AddSingleton(Keyring).AddSingleton(Forms);
}
