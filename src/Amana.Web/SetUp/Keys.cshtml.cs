using Amana.Features.Platform.Backup;
using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.SetUp;

/// <summary>How the house's own keys stand: root, shares, epoch, and which copies still hold an earlier epoch (SEC-2, SEC-5). Keys are changed on the server's own command line, never from here.</summary>
[KeepsTheHouse]
[NoPersonalData]
public sealed class KeysModel(KeysOverview overview) : StaffPage
{
    public KeysState State { get; private set; } = null!;

    /// <summary>What is to be done first; none when all is in order.</summary>
    public string? Next => State switch
    {
        { Targets: var targets } when targets.Any(t => !t.Current) => "keys.next.pending",
        { Split: null, Root: "bare" } => "keys.next.split",
        { Targets.Count: 0 } => "keys.next.copy",
        { BackedUpAt: null } => "keys.next.backup",
        { DrilledAt: null } => "keys.next.drill",
        _ => null,
    };

    public async Task OnGetAsync(CancellationToken cancellationToken) => State = await overview.Read(cancellationToken);
}
