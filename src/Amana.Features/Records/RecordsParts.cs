using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Records;

/// <summary>The parts of taking records in and changing them that are neither use cases nor queries.</summary>
internal static class RecordsParts
{
    public static IServiceCollection AddRecords(this IServiceCollection services) => services
        .AddScoped<SubmissionIntake>().AddScoped<RepeatedSubmissions>().AddScoped<EditSubmission>().AddScoped<EntityIntake>().AddScoped<SubmissionReading>()
        .AddScoped<IntakeTogether>().AddScoped<IntakeAlone>().AddSingleton<Standings>()
        .AddScoped<RecordVersions>().AddScoped<Admission>().AddScoped<CommentWriter>().AddScoped<RecordBoxes>().AddScoped<RecordDoor>().AddScoped<RecordContent>().AddScoped<RecordDraft>().AddScoped<CorrectionParts>().AddScoped<EntityChanges>();
}
