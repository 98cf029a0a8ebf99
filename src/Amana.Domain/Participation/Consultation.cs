using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Participation;

/// <summary>A consultation with the people concerned: who took part, how, what they said, what changed because of it (PC-1). Groups, never names.</summary>
public sealed class Consultation
{
    private Consultation() { }

    public ConsultationId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public PimStep Step { get; private set; }
    public DateOnly HeldOn { get; private set; }
    public IReadOnlyList<PopulationGroup> Groups { get; private set; } = [];
    public ConsultationMethod Method { get; private set; }
    public int Participants { get; private set; }
    public string Said { get; private set; } = "";
    public string Changed { get; private set; } = "";
    public StaffId RecordedBy { get; private set; }

    public static Consultation Of(ConsultationHeld change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, Step = change.Step, HeldOn = change.HeldOn, Groups = change.Groups, Method = change.Method,
        Participants = change.Participants, Said = change.Said, Changed = change.Changed, RecordedBy = change.By,
    };
}

public enum ConsultationMethod { FocusGroup, KeyInformants, CommunityMeeting, Interviews, Committee, Other }

public sealed record ConsultationHeld : Change
{
    internal ConsultationHeld() { }
    public ConsultationId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public PimStep Step { get; internal init; }
    public DateOnly HeldOn { get; internal init; }
    public IReadOnlyList<PopulationGroup> Groups { get; internal init; } = [];
    public ConsultationMethod Method { get; internal init; }
    public int Participants { get; internal init; }
    public string Said { get; internal init; } = "";
    public string Changed { get; internal init; } = "";
    public StaffId By { get; internal init; }
}

public sealed record RecordConsultation(
    ConsultationId Id, PimStep Step, DateOnly HeldOn, IReadOnlyList<PopulationGroup> Groups, ConsultationMethod Method, int Participants, string Said, string Changed);
