using LogScalePaging.Diagnostics;

namespace LogScalePaging.Transport.Tokens;

/// <summary>A token source that sends its own requests, and reports them in the log of the run that needed the token.</summary>
internal interface ISignallingTokenSource : IAccessTokenSource
{
    /// <inheritdoc cref="IAccessTokenSource.GetAsync"/>
    ValueTask<string> GetAsync(SignalLog signals, CancellationToken cancellationToken);

    /// <inheritdoc cref="IAccessTokenSource.RefusedAsync"/>
    ValueTask<bool> RefusedAsync(string token, SignalLog signals, CancellationToken cancellationToken);
}
