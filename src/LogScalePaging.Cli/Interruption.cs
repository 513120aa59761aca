using System.Runtime.InteropServices;

namespace LogScalePaging.Cli;

/// <summary>
/// Turns the first Ctrl+C (or SIGTERM, or the terminal being closed) into a cancellation, so that jobs are deleted and what was read is
/// kept. The second one is left to the system, which ends the process at once; only what takes no time is done before.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private volatile Action? _beforeEnd;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
    ];

    public CancellationToken Token => _stop.Token;

    /// <summary>Says what is to be done right before the second signal ends the process. It must be quick and must not throw.</summary>
    public void BeforeEnd(Action action) => _beforeEnd = action;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested)
        {
            _beforeEnd?.Invoke();
            return;
        }
        context.Cancel = true;
        // What is registered with the token may take its time; a second signal must get through meanwhile.
        _ = _stop.CancelAsync();
    }
}
