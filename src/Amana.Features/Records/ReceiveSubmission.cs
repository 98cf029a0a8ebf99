using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;

namespace Amana.Features.Records;

/// <summary>Receives a submission: once, whatever the line does. A replay of the same is answered as before; the same id with other content is refused.
/// What only adds is taken in together with whatever else comes at the moment; everything else by itself. Both decide by the same code.</summary>
public sealed class ReceiveSubmission(IntakeTogether together, IntakeAlone alone, SubmissionReading reading)
{
    public async Task<Outcome<SubmissionReceipt>> Handle(AccessContext who, IncomingSubmission incoming, CancellationToken cancellationToken) =>
        await together.Take(who, incoming, cancellationToken) ?? await alone.Take(who, incoming, cancellationToken);

    /// <summary>Reads the XML and finds its form.</summary>
    public Task<Outcome<ReadSubmission>> ReadIt(ActivitySnapshot activity, IncomingSubmission incoming, CancellationToken cancellationToken) =>
        reading.Of(activity, incoming, cancellationToken);
}
