using System.Runtime.InteropServices;

namespace LogScalePaging.Cli;

/// <summary>
/// Turns the first Ctrl+C (or SIGTERM, or the terminal being closed) into a cancellation, so that jobs are deleted and what was read is
/// kept. The second one is left to the system, which ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
    ];

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested)
            return;
        context.Cancel = true;
        // What is registered with the token may take its time; a second signal must get through meanwhile.
        _ = _stop.CancelAsync();
    }
}
