using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Coordination;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Coordination;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Coordination;

/// <summary>The operation's information sharing protocol: read by all staff, written by those with the duty.</summary>
[NoPersonalData]
public sealed class ProtocolModel(ProtocolInForce inForce, WriteProtocol write) : StaffPage
{
    /// <summary>Empty rows offered beneath those that are written.</summary>
    private const int Spare = 3;

    [BindProperty]
    public ProtocolInput Input { get; set; } = new();

    public InformationProtocol? Protocol { get; private set; }

    public bool MayWrite => Authority.MustHoldOneOf(Who.Actor, Duty.Coordinator, Duty.DataProtectionFocalPoint).Count == 0;

    public async Task OnGet(CancellationToken cancellationToken)
    {
        Protocol = await inForce.Read(cancellationToken);
        var content = Protocol?.Content;
        Input = new ProtocolInput
        {
            Purpose = content?.Purpose, OnBreach = content?.OnBreach, ReviewOn = content is null ? new DateParts() : DateParts.Of(content.ReviewOn),
            Rows = content is null ? Suggested() : [.. content.Rows.Select(r => new ProtocolRow { DataType = r.DataType, Level = r.Level, Channel = r.Channel })],
        };
        Input.Rows.AddRange(Enumerable.Range(0, Spare).Select(_ => new ProtocolRow()));
    }

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        Protocol = await inForce.Read(cancellationToken);
        if (Input.ReviewOn.ToDate() is not { } review)
            return Refused([new Refusal("field.required").At("ReviewOn")]);
        var rows = Input.Rows.Where(r => !string.IsNullOrWhiteSpace(r.DataType) || !string.IsNullOrWhiteSpace(r.Channel)).Select(r => new SensitivityRow(r.DataType?.Trim() ?? "", r.Level ?? SensitivityLevel.StrictlyConfidential, r.Channel?.Trim() ?? ""));
        var content = new ProtocolContent { Purpose = Input.Purpose?.Trim() ?? "", OnBreach = Input.OnBreach?.Trim() ?? "", ReviewOn = review, Rows = [.. rows] };
        return Answer(await write.Handle(Who, content, cancellationToken), "/coordination/protocol", "protocol-written");
    }

    /// <summary>One row for each level to begin with, as text to be changed.</summary>
    private List<ProtocolRow> Suggested() =>
    [
        .. Enum.GetValues<SensitivityLevel>().Select(l => new ProtocolRow { Level = l, DataType = Texts.Plain("protocol.suggested." + l), Channel = Texts.Plain("protocol.suggested.channel." + l) }),
    ];
}

/// <summary>What the form asks.</summary>
public sealed class ProtocolInput
{
    public string? Purpose { get; set; }
    public string? OnBreach { get; set; }
    public DateParts ReviewOn { get; set; } = new();
    public List<ProtocolRow> Rows { get; set; } = [];
}

/// <summary>One row of the sensitivity table.</summary>
public sealed class ProtocolRow
{
    public string? DataType { get; set; }
    public SensitivityLevel? Level { get; set; }
    public string? Channel { get; set; }
}
