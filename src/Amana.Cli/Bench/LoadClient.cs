using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Amana.Features.Demo;

namespace Amana.Cli.Bench;

/// <summary>What a load brought: answers a second, waits in milliseconds, and what was not answered as it should.</summary>
internal sealed record LoadResult(int Connections, double Seconds, long Answered, long Wrong, double Median, double P95, double P99, double Longest, string? FirstWrong)
{
    public double PerSecond => Answered / Seconds;
}

/// <summary>Phones that send one submission after another over connections that stay open. Plain HTTP/1.1 over sockets, so that the client takes little of the machine that it shares.</summary>
internal sealed class LoadClient
{
    private const int Variants = 128;
    private const string Zeroes = "00000000-0000-0000-0000-000000000000";
    private readonly int _port;
    private readonly List<(byte[] Request, int IdAt)> _requests = [];
    private long _acknowledged;

    public LoadClient(int port, string path, TrialForm form, int seed)
    {
        _port = port;
        var people = new MadeUp(seed);
        for (var i = 0; i < Variants; i++)
            _requests.Add(Request(path, form.Submission(people)));
    }

    /// <summary>Submissions that were answered as received, over all loads.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Sends for a time; what is sent in the time of warming up is acknowledged, but not measured.</summary>
    public async Task<LoadResult> Run(int connections, TimeSpan warmUp, TimeSpan measured, CancellationToken cancellationToken)
    {
        var begin = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var end = begin + (long)(measured.TotalSeconds * Stopwatch.Frequency);
        var phones = Enumerable.Range(0, connections).Select(_ => new Waits()).ToArray();
        await Task.WhenAll(phones.Select((waits, i) => Task.Run(() => Phone(i, waits, begin, end, cancellationToken), cancellationToken)));
        var all = phones.SelectMany(w => w.Ticks).Order().Select(t => t * 1000.0 / Stopwatch.Frequency).ToArray();
        double At(double share) => all.Length == 0 ? double.NaN : all[Math.Min(all.Length - 1, (int)(all.Length * share))];
        return new LoadResult(connections, measured.TotalSeconds, all.Length, phones.Sum(w => w.Wrong), At(0.5), At(0.95), At(0.99), At(1), phones.Select(w => w.FirstWrong).FirstOrDefault(w => w is not null));
    }

    private async Task Phone(int number, Waits waits, long begin, long end, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
        var answer = new byte[16 * 1024];
        for (var i = number; ; i++)
        {
            var started = Stopwatch.GetTimestamp();
            if (started >= end)
                return;
            var (template, at) = _requests[i % Variants];
            var request = template.ToArray();
            Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("D"), request.AsSpan(at));
            try
            {
                for (var sent = 0; sent < request.Length;)
                    sent += await socket.SendAsync(request.AsMemory(sent), cancellationToken);
                var length = await Read(socket, answer, cancellationToken);
                var done = Stopwatch.GetTimestamp();
                if (answer.AsSpan(0, length).StartsWith("HTTP/1.1 201"u8))
                    Interlocked.Increment(ref _acknowledged);
                else
                    waits.Refused(Encoding.UTF8.GetString(answer, 0, Math.Min(length, 2000)));
                if (started >= begin && done <= end)
                    waits.Ticks.Add(done - started);
            }
            catch (SocketException e)
            {
                waits.Refused("connection broken: " + e.SocketErrorCode);
                return;
            }
        }
    }

    /// <summary>Reads one answer whole; it names its length, or comes in chunks that end with an empty one.</summary>
    private static async Task<int> Read(Socket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        var have = 0;
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(have), cancellationToken);
            if (got == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            have += got;
            if (IsWhole(buffer.AsSpan(0, have)))
                return have;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var at = answer[..head].IndexOf("Content-Length: "u8);
        if (at < 0)
            return answer.EndsWith("0\r\n\r\n"u8);
        var text = answer[(at + 16)..head];
        var line = text.IndexOf((byte)'\r');
        return answer.Length >= head + 4 + int.Parse(line < 0 ? text : text[..line], CultureInfo.InvariantCulture);
    }

    private static (byte[] Request, int IdAt) Request(string path, string xml)
    {
        const string Boundary = "------------------------amana-trial";
        var body = $"--{Boundary}\r\nContent-Disposition: form-data; name=\"xml_submission_file\"; filename=\"submission.xml\"\r\nContent-Type: text/xml\r\n\r\n{xml}\r\n--{Boundary}--\r\n";
        var head = $"POST {path}/submission?deviceID=trial HTTP/1.1\r\nHost: 127.0.0.1\r\nX-OpenRosa-Version: 1.0\r\nUser-Agent: amana-trial\r\nContent-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n";
        var bytes = Encoding.UTF8.GetBytes(head + body);
        return (bytes, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Zeroes)));
    }

    /// <summary>What one phone waited.</summary>
    private sealed class Waits
    {
        public List<long> Ticks { get; } = new(64 * 1024);
        public long Wrong { get; private set; }
        public string? FirstWrong { get; private set; }

        public void Refused(string answer)
        {
            Wrong++;
            FirstWrong ??= answer;
        }
    }
}
