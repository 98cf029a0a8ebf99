using System.Text;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.Features.Records;
using Amana.Web.Api;
using Amana.Web.Security;

namespace Amana.Web.OpenRosa;

/// <summary>Entity lists among the files of a form: a list that the form asks for, that nobody attached, and that the activity keeps.</summary>
public sealed class EntityFiles(EntityLists lists, GiveEntityList give)
{
    public async Task<IReadOnlyList<OfferedFile>> Offered(
        ActivityId activity, IReadOnlyList<NeededFile> needed, IReadOnlyList<ListedAttachment> attached, string folder, string query, CancellationToken cancellationToken)
    {
        var offered = new List<OfferedFile>();
        foreach (var (file, name) in Candidates(needed).Where(c => attached.All(a => a.Name != c.File)))
            if (await lists.Read(activity, name, cancellationToken) is { } list)
                offered.Add(new OfferedFile(file, list.Stamp, $"{folder}/attachments/{Uri.EscapeDataString(file)}{query}", $"{folder[..folder.LastIndexOf("/forms/", StringComparison.Ordinal)]}/datasets/{Uri.EscapeDataString(name)}/integrity"));
        return offered;
    }

    /// <summary>For a trial: the same lists without entries, as ordinary files.</summary>
    public async Task<IReadOnlyList<OfferedFile>> OfferedEmpty(ActivityId activity, IReadOnlyList<NeededFile> needed, IReadOnlyList<ListedAttachment> attached, string folder, CancellationToken cancellationToken)
    {
        var offered = new List<OfferedFile>();
        foreach (var (file, name) in Candidates(needed).Where(c => attached.All(a => a.Name != c.File)))
            offered.Add(new OfferedFile(file, FileReading.Md5Of(Encoding.UTF8.GetBytes(await lists.Empty(activity, name, cancellationToken))), $"{folder}/attachments/{Uri.EscapeDataString(file)}"));
        return offered;
    }

    /// <summary>The list with its entries, through the gate; not sent again to a phone that has it.</summary>
    public async Task<IResult> Give(HttpContext http, PhoneCaller caller, IReadOnlyList<NeededFile> needed, string file)
    {
        if (Candidates(needed).FirstOrDefault(c => c.File == file).Name is not { } name || await lists.Read(caller.Activity, name, http.RequestAborted) is not { } list)
            return OpenRosaAnswer.Refuse(http, 404, "openrosa.file-not-found");
        if (OpenRosaAnswer.Document(http, list.Stamp) is { } known)
            return known;
        var given = await give.Handle(caller.Who, caller.Activity, list.Id, http.RequestAborted);
        return given.IsDone ? OpenRosaAnswer.List(http, file, given.Result, list.Stamp) : OpenRosaAnswer.Refuse(http, 403, "openrosa.list-not-given");
    }

    public async Task<IResult> GiveEmpty(HttpContext http, PhoneCaller caller, IReadOnlyList<NeededFile> needed, string file)
    {
        if (Candidates(needed).FirstOrDefault(c => c.File == file).Name is not { } name)
            return OpenRosaAnswer.Refuse(http, 404, "openrosa.file-not-found");
        var csv = await lists.Empty(caller.Activity, name, http.RequestAborted);
        return OpenRosaAnswer.List(http, file, csv, FileReading.Md5Of(Encoding.UTF8.GetBytes(csv)));
    }

    private static IEnumerable<(string File, string Name)> Candidates(IEnumerable<NeededFile> needed) =>
        needed.Where(f => f.Kind == NeededFileKind.List && f.Name.EndsWith(".csv", StringComparison.Ordinal)).Select(f => (f.Name, f.Name[..^4]));
}

/// <summary>The call by which a phone learns which entries of a list are gone.</summary>
public static class EntityEndpoints
{
    /// <summary>Entries that one call may ask for: as many as the longest address holds (see the host's limit).</summary>
    private const int MostAsked = 1700;

    public static void MapEntityLists(this RouteGroupBuilder phone) =>
        phone.MapMethods("/datasets/{name}/integrity", ["GET", "HEAD"], Integrity).SpeaksToPhones("Which entries of a list are gone.").WithMetadata(new NoPersonalDataAttribute());

    private static Task<IResult> Integrity(HttpContext http, int number, string name, string? id, PhoneDoor door, EntityLists lists) =>
        door.Through(http, number, async caller =>
            await lists.Read(caller.Activity, name, http.RequestAborted) is { } list
                ? OpenRosaAnswer.Xml(http, OpenRosaXml.Integrity(await lists.Integrity(list.Id, [.. (id ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostAsked)], http.RequestAborted)))
                : OpenRosaAnswer.Refuse(http, 404, "openrosa.file-not-found"));
}
