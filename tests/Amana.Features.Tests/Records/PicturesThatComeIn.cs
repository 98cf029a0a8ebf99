using System.Text;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Records;

public sealed class A_picture_that_comes_in
{
    private const string Told = "Exif\0\0N3.117 E35.597 made-up-owner";

    [Theory, OnEveryStore]
    public async Task Is_kept_without_place_and_owner_whether_it_comes_at_once_or_later(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        var incoming = Of(c, Collecting.Xml(1, picture: "a.jpg"), ("a.jpg", Jpeg()));
        Assert.Equal(SubmissionOutcome.Accepted, (await Send(c, incoming)).Result.Kind);
        await Send(c, Of(c, Collecting.Xml(2, picture: "b.jpg")));
        await Send(c, Of(c, Collecting.Xml(2, picture: "b.jpg"), ("b.jpg", Jpeg())));
        var officer = (await c.As("protection")).Citing("N2");
        foreach (var code in await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).ToListAsync()))
        {
            var file = Assert.Single((await c.House.Do(s => s.GetRequiredService<OpenRecord>().Handle(officer, c.Activity, code, default))).Result.Files);
            var content = (await c.House.Do(s => s.GetRequiredService<OpenRecordFile>().Handle(officer, c.Activity, code, file.Id, default))).Result.Content.Reveal();
            Assert.Equal<byte>([0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 0x77, 0x66, 0x55, 0xFF, 0xD9], content);
        }
    }

    [Theory, OnEveryStore]
    public async Task Is_left_out_where_it_cannot_be_cleaned_while_the_record_is_kept_and_the_ledger_says_so(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        Assert.Equal(SubmissionOutcome.Accepted, (await Send(c, Of(c, Collecting.Xml(1, picture: "a.tif"), ("a.tif", [0x49, 0x49, 0x2A, 0, .. Encoding.Latin1.GetBytes(Told)])))).Result.Kind);
        Assert.Equal(0, await c.Ask(db => db.Set<PersonBox>().CountAsync(b => b.Compartment == Compartment.Files)));
        Assert.Contains("\"x-left-out\":\"1\"", await c.Ask(db => db.Set<LedgerEntry>().Where(e => e.Kind == nameof(RecordAccepted)).Select(e => e.Canonical).SingleAsync()), StringComparison.Ordinal);
    }

    [Theory, OnEveryStore]
    public async Task May_be_a_sound_which_is_kept_without_its_title_too(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        byte[] sound = [.. "fmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0], heard = [.. "data"u8, 4, 0, 0, 0, 0x80, 0x81, 0x82, 0x83];
        var title = Encoding.Latin1.GetBytes("INFOINAM\u0010\0\0\0made-up-speaker\0");
        byte[] told = [.. "LIST"u8, (byte)title.Length, 0, 0, 0, .. title];
        Assert.Equal(SubmissionOutcome.Accepted, (await Send(c, Of(c, Collecting.Xml(1, picture: "a.wav"), ("a.wav", Riff([.. sound, .. told, .. heard]))))).Result.Kind);
        var officer = (await c.As("protection")).Citing("N2");
        var code = await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync());
        var file = Assert.Single((await c.House.Do(s => s.GetRequiredService<OpenRecord>().Handle(officer, c.Activity, code, default))).Result.Files);
        Assert.Equal(Riff([.. sound, .. heard]), (await c.House.Do(s => s.GetRequiredService<OpenRecordFile>().Handle(officer, c.Activity, code, file.Id, default))).Result.Content.Reveal());

        static byte[] Riff(byte[] parts) => [.. "RIFF"u8, (byte)(parts.Length + 4), 0, 0, 0, .. "WAVE"u8, .. parts];
    }

    private static byte[] Jpeg()
    {
        var told = Encoding.Latin1.GetBytes(Told);
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(told.Length + 2), .. told, 0xFF, 0xDA, 0, 2, 0x77, 0x66, 0x55, 0xFF, 0xD9, .. told];
    }

    private static IncomingSubmission Of(Collecting c, string xml, params (string Name, byte[] Content)[] files) => new(c.Activity, c.Phone.Value, new Sensitive<byte[]>(Encoding.UTF8.GetBytes(xml)),
        [.. files.Select(f => new IncomingFile(f.Name, "image/jpeg", new Sensitive<byte[]>(f.Content)))]);

    private static Task<Outcome<SubmissionReceipt>> Send(Collecting c, IncomingSubmission incoming) => c.House.Do(s => s.GetRequiredService<ReceiveSubmission>().Handle(c.Who, incoming, default));
}
