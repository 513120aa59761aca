using System.Security.Cryptography;
using System.Text;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>
/// A server whose day is as uneven as days are: an hour with 60 % of the events, empty hours, a dense second, a dense millisecond.
/// Made once for the cases of a class, which run one after the other, each with separate settings.
/// </summary>
public sealed class SkewedDay : IDisposable
{
    /// <summary>Events that match <see cref="TestBench.Query"/>.</summary>
    public const int Count = 200_000;

    private const long Newest = TestBench.Newest;
    private readonly Lazy<string> _sha256;

    public SkewedDay()
    {
        Server = TestBench.Start(new SimulatorOptions { MaxTail = 10_000 });
        Server.Events.Add(Events(Count, second: 30_000, instant: 5_000));
        Server.Events.Add(Events(Count / 10, second: 3_000, instant: 500, "DnsRequest"));
        _sha256 = new(
            () => Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Server.Events.Matching(TestBench.Query)) + "\n"))));
    }

    public LogScaleSimulator Server { get; }

    /// <summary>What the ndjson file of a complete export must hash to.</summary>
    public string Sha256 => _sha256.Value;

    /// <summary>Events over a day of this shape, in an order of arrival that is not that of time.</summary>
    /// <param name="count">How many.</param>
    /// <param name="second">How many of them in one second.</param>
    /// <param name="instant">How many of them in one millisecond.</param>
    /// <param name="name">Their <c>#event_simpleName</c>.</param>
    internal static IEnumerable<string> Events(int count, int second, int instant, string name = "ProcessRollup2")
    {
        var random = new Random(7);
        var hour = count * 6 / 10;
        long At(int i) => i < hour ? Newest - 20_000_000 - random.Next(3_600_000)
            : i < hour + second ? Newest - 50_000_000 - random.Next(1_000)
            : i < hour + second + instant ? Newest - 61_234_567
            : Newest - random.Next(14_000_000);
        return Enumerable.Range(0, count).Select(i => TestBench.Event(i, At(i), name)).ToList();
    }

    /// <summary>A connection for one case, to the server as it is set for it.</summary>
    internal TestBench Bench(Action<SimulatorOptions> configure)
    {
        Server.Reset();
        configure(Server.Options);
        return new TestBench(Server,
            o => o with { ThrottleLimit = 32, Timeout = TimeSpan.FromSeconds(60), Time = new FastTimeProvider(40) });
    }

    public void Dispose() => Server.Dispose();
}
