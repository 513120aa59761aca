namespace LogScalePaging.Simulator;

/// <summary>
/// Says which requests a fault hits. All conditions that are set must hold. A fault that cannot show on a request
/// (what a poll says, on a create) passes it over.
/// </summary>
public sealed class FaultRule
{
    private readonly object _gate = new();
    private Random? _random;
    private int _used;

    /// <summary>The fault to inject.</summary>
    public required Fault Fault { get; init; }

    /// <summary>Any further condition.</summary>
    public Func<RequestInfo, bool>? When { get; init; }

    /// <summary>Only requests of this kind; null for all.</summary>
    public RequestKind? Kind { get; init; }

    /// <summary>The first request to be hit, counted from 1 over the simulator's requests of <see cref="Kind"/> (of any kind, if that is null).</summary>
    public int? Nth { get; init; }

    /// <summary>How many requests are hit before the rule is spent; <see cref="int.MaxValue"/> for no limit.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The chance of being hit, 0 to 1, drawn from <see cref="Seed"/>.</summary>
    public double Probability { get; init; } = 1;

    public int Seed { get; init; }

    internal bool Hits(RequestInfo request)
    {
        if (!Fault.Concerns(request) || (Kind is { } kind && kind != request.Kind))
            return false;
        if (Nth is { } nth && (Kind is null ? request.Number : request.NumberOfKind) < nth)
            return false;
        if (When is { } when && !when(request))
            return false;
        lock (_gate)
        {
            if (_used >= Times)
                return false;
            if (Probability < 1)
            {
#pragma warning disable CA5394 // repeatable, not secret
                _random ??= new Random(Seed);
                if (_random.NextDouble() >= Probability)
                    return false;
#pragma warning restore CA5394
            }
            _used++;
            return true;
        }
    }
}
