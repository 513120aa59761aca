namespace LogScalePaging.Simulator;

/// <summary>
/// Says which requests a fault affects. All conditions must be met. A fault skips requests that it cannot affect (for example a fault of
/// polls, on a create request).
/// </summary>
public sealed class FaultRule
{
    private readonly object _gate = new();
    private Random? _random;
    private int _used;

    /// <summary>The fault to inject.</summary>
    public required Fault Fault { get; init; }

    /// <summary>An additional condition.</summary>
    public Func<RequestInfo, bool>? When { get; init; }

    /// <summary>Only requests of this kind; null for all.</summary>
    public RequestKind? Kind { get; init; }

    /// <summary>
    /// The first affected request, counted from 1 over the simulator's requests of <see cref="Kind"/> (of any kind, if that is null).
    /// </summary>
    public int? Nth { get; init; }

    /// <summary>Maximum number of affected requests; <see cref="int.MaxValue"/> for no limit.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The probability, 0 to 1, that a request is affected. The numbers come from <see cref="Seed"/>.</summary>
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
