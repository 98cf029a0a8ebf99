using System.Diagnostics;
using System.Text.Json;

namespace Amana.Web.Tests.Capture;

/// <summary>What keeps and sends records, on a device in memory whose line and whose house fail as they do in the field; and what draws a long form.</summary>
public sealed class The_scripts_of_a_device
{
    [Fact]
    public async Task Send_each_record_once_whatever_is_cut_and_one_is_in_memory_at_a_time()
    {
        var told = await Run("""
            const { house: asked, kill, reads, disk } = device;
            const moods = ["answers", "no line", "answer lost", "answers", "in trouble", "guest network", "answers", "killed"];
            const server = asked(moods);
            const { waiting, finishAs, drafts } = await import(script("store.js"));
            const { sender } = await import(script("sending.js"));
            await drafts.put({ id: "draft", at: 0, box: new Uint8Array([9]).buffer });
            for (let i = 0; i < 8; i++) await finishAs({ id: "r" + i, at: i, send: "/records", tries: 0, next: 0, envelope: new Uint8Array(50_000 + i).fill(i) }, "draft");
            const draftsLeft = (await drafts.all()).length;
            const news = [];
            const first = sender((n) => news.push(n));
            for (let i = 0; i < 5; i++) await Promise.race([first.run(true), new Promise((end) => setTimeout(end, 300))]);
            kill(); // in the middle of a post that the house has kept
            const left = (await waiting.all()).length;
            const second = sender((n) => news.push(n));
            for (let i = 0; i < 4; i++) await second.run(true);
            say({ draftsLeft, left, waiting: (await waiting.all()).length, bodies: disk.get("amana-fill").stores.get("waiting-bodies").rows.size, kept: server.kept.size, twice: [...server.kept.values()].filter((n) => n !== 1).length,
                  posts: server.seen.posts, largestList: reads.largest, bodiesRead: reads.bodies.length, received: news.filter((n) => n.received).length, cookie: document.cookie.includes("amana-waiting=;") });
            """);
        Assert.Equal(0, told.GetProperty("draftsLeft").GetInt32());
        Assert.InRange(told.GetProperty("left").GetInt32(), 1, 7);
        Assert.Equal((0, 0, 8, 0), (Of(told, "waiting"), Of(told, "bodies"), Of(told, "kept"), Of(told, "twice")));
        Assert.Equal(8, Of(told, "received")); // each is answered in the end, also where the first answer was lost
        Assert.Equal(Of(told, "posts"), Of(told, "bodiesRead")); // read to be sent, one by one, and for nothing else
        Assert.Equal(0, Of(told, "largestList")); // a list holds nothing of what they hold
        Assert.True(told.GetProperty("cookie").GetBoolean());
    }

    [Fact]
    public async Task Send_what_an_earlier_page_kept_and_open_its_drafts()
    {
        var told = await Run("""
            const { house: asked, disk } = device;
            const { lockOf, keep, reopen } = await import(script("drafts.js") );
            const { waiting, drafts } = await import(script("store.js"));
            const lock = await lockOf("seven quiet bridges");
            const photo = new File([new Uint8Array(300_000).fill(7)], "photo.jpg", { type: "image/jpeg" });
            await keep({ id: "d", activity: 1, form: "f", language: "en" }, lock, { xml: "<data/>", files: [photo, new File(["words"], "note.txt", { type: "text/plain" })] });
            // As the page before this one laid them: in one piece.
            const now = disk.get("amana-fill").stores;
            const old = new Map([["waiting", { key: "id", rows: new Map() }], ["drafts", { key: "id", rows: new Map() }]]);
            old.get("drafts").rows.set("d", { ...now.get("drafts").rows.get("d"), box: now.get("drafts-bodies").rows.get("d") });
            for (const id of ["a", "b", "c"]) old.get("waiting").rows.set(id, { id, at: 1, send: "/records", tries: 2, next: 0, envelope: new TextEncoder().encode(id) });
            disk.set("amana-fill", { version: 1, stores: old });
            const fresh = "?again";
            const again = await import(script("store.js") + fresh);
            const heads = await again.waiting.all();
            const body = Buffer.from(await again.waiting.body("b")).toString();
            const [entry] = await again.drafts.all();
            const opened = await reopen({ ...entry, box: await again.drafts.body("d") }, "seven quiet bridges");
            const wrong = await reopen({ ...entry, box: await again.drafts.body("d") }, "eight quiet bridges");
            const files = await Promise.all(opened.files.map(async (f) => [f.name, f.type, f.size, new Uint8Array(await f.arrayBuffer())[0]].join(" ")));
            say({ heads: heads.map((h) => Object.keys(h).sort().join()).join(" "), body, draft: "box" in entry, xml: opened.xml, files, wrong: wrong === null });
            """);
        Assert.Equal(string.Join(' ', Enumerable.Repeat("at,id,next,send,size,tries", 3)), told.GetProperty("heads").GetString());
        Assert.Equal("b", told.GetProperty("body").GetString());
        Assert.False(told.GetProperty("draft").GetBoolean());
        Assert.Equal("<data/>", told.GetProperty("xml").GetString());
        Assert.Equal(["photo.jpg image/jpeg 300000 7", "note.txt text/plain 5 119"], told.GetProperty("files").EnumerateArray().Select(f => f.GetString()));
        Assert.True(told.GetProperty("wrong").GetBoolean());
    }

    [Fact]
    public async Task Draw_a_long_form_from_the_top_while_the_page_answers_and_a_short_one_at_once()
    {
        var told = await Run("""
            delete globalThis.document; // Vue, which comes with it, would take it for a whole one
            const { inPieces } = await import(script("pieces.js"));
            const classes = new Set();
            const element = { classList: { add: (c) => classes.add(c), remove: (c) => classes.delete(c) } };
            let begin;
            const left = [];
            const pieces = inPieces({ mixin: ({ beforeCreate }) => { begin = beforeCreate; } }, element, (n) => left.push(n));
            const question = (i, name = "FormQuestion") => { const made = { $options: { __name: name }, question: { nodeId: "q" + i }, $: { render: () => "drawn" } }; begin.call(made); return made; };
            const drawn = (all) => all.filter((q) => q.$.render() === "drawn").length;
            const short = Array.from({ length: 60 }, (_, i) => question(i));
            const atOnce = drawn(short);
            await new Promise((next) => setTimeout(next, 5));
            const long = Array.from({ length: 300 }, (_, i) => question(i)).concat(question(0, "FormGroup"));
            const first = drawn(long);
            const place = long[61].$.render().props.id;
            const marked = classes.has("fill-long");
            while (left.at(-1) !== 0) await new Promise((next) => setTimeout(next, 5));
            const later = drawn(long);
            const again = Array.from({ length: 100 }, (_, i) => question(i));
            await pieces.all(); // finishing asks for all of them
            say({ atOnce, first, place, marked, later, again: drawn(again) });
            """);
        Assert.Equal((60, 61, 301, 100), (Of(told, "atOnce"), Of(told, "first"), Of(told, "later"), Of(told, "again")));
        Assert.Equal("q61_container", told.GetProperty("place").GetString());
        Assert.True(told.GetProperty("marked").GetBoolean());
    }

    private static int Of(JsonElement told, string name) => told.GetProperty(name).GetInt32();

    private static async Task<JsonElement> Run(string script)
    {
        var scripts = new Uri(Path.Combine(Sources.Root, "src", "Amana.Web", "Capture", "Script") + "/").AbsoluteUri;
        var device = new Uri(Path.Combine(Sources.Root, "tests", "Amana.Web.Tests", "Capture", "device.mjs")).AbsoluteUri;
        var whole = $$"""
            const device = await import({{JsonSerializer.Serialize(device)}});
            const script = (name) => {{JsonSerializer.Serialize(scripts)}} + name;
            const say = (told) => { console.log(JSON.stringify(told)); process.exit(0); };
            {{script}}
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "--eval", whole]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (told, wrong) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await wrong);
        return JsonDocument.Parse(await told).RootElement;
    }
}
