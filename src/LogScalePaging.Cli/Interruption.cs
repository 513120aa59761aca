using System.Runtime.InteropServices;

namespace LogScalePaging.Cli;

/// <summary>
/// Turns the first Ctrl+C (or SIGTERM, or the closing of the terminal) into a cancellation, so that jobs are deleted and events that were
/// read are kept. The system handles the second one and ends the process at once. Only an action that takes no time runs before that.
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

    /// <summary>
    /// Registers the action to run right before the second signal ends the process. It must be quick and must not throw.
    /// </summary>
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
        // Callbacks of the token may take some time. A second signal must be handled meanwhile.
        _ = _stop.CancelAsync();
    }
}
