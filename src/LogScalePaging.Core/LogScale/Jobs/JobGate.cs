namespace LogScalePaging.LogScale.Jobs;

/// <summary>
/// Limits the number of parallel jobs. The limit rises by one after a round of successes, and halves when the server asks to slow down.
/// Waiting takes no thread.
/// </summary>
internal sealed class JobGate
{
    private readonly int _most;
    private readonly object _gate = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private double _limit;
    private int _under;

    /// <summary>Creates a gate.</summary>
    /// <param name="most">Maximum number of jobs, 1 to 6,000.</param>
    public JobGate(int most)
    {
        if (most is < 1 or > 6_000)
            throw new ArgumentOutOfRangeException(nameof(most), most, "The number of parallel jobs must be between 1 and 6,000.");
        _most = most;
        _limit = most;
    }

    /// <summary>How many jobs are allowed now.</summary>
    public int Limit
    {
        get
        {
            lock (_gate)
                return (int)_limit;
        }
    }

    /// <summary>How many jobs are running.</summary>
    public int UnderWay
    {
        get
        {
            lock (_gate)
                return _under;
        }
    }

    /// <summary>Waits for a place.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> place;
        lock (_gate)
        {
            if (_under < (int)_limit)
            {
                _under++;
                return;
            }
            place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }
        using (cancellationToken.Register(() => place.TrySetCanceled(cancellationToken)))
            await place.Task.ConfigureAwait(false);
    }

    /// <summary>Frees a place, after a success or a failure.</summary>
    public void Exit(bool success)
    {
        lock (_gate)
        {
            _under--;
            if (success)
                _limit = Math.Min(_most, _limit + (1 / _limit));
            LetIn();
        }
    }

    /// <summary>Halves the limit, because the server asked to slow down.</summary>
    public void Fall()
    {
        lock (_gate)
            _limit = Math.Max(1, _limit / 2);
    }

    private void LetIn()
    {
        while (_under < (int)_limit && _waiting.Count > 0)
        {
            if (_waiting.Dequeue().TrySetResult(true))
                _under++;
        }
    }
}
