using System.ComponentModel;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Commands;

/// <summary>
/// The base of every cmdlet: engine code runs on the pipeline thread, Ctrl+C cancels it, its messages go to the verbose, warning and
/// progress streams, and every failure is one error record.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LogScaleCommandBase : PSCmdlet, IDynamicParameters, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CommandVoice _voice;
    private PipedInput? _piped;
    private bool _goesOn;
    private bool _disposed;

    /// <summary>Creates the command.</summary>
    protected LogScaleCommandBase() => _voice = new CommandVoice(this);

    /// <summary>Cancelled when the pipeline stops, for any reason.</summary>
    private protected CancellationToken Cancellation => _stop.Token;

    /// <summary>A log whose signals appear in the streams of this cmdlet.</summary>
    internal SignalLog Signals => _voice.Signals;

    /// <summary>Shows messages while the cmdlet works.</summary>
    internal CommandVoice Voice => _voice;

    /// <summary>The state of this runspace.</summary>
    private protected Session Session { get; } = Session.Current;

    /// <summary>
    /// The dynamic parameter for pipeline objects. PowerShell calls this. Without a pipeline there is no such parameter.
    /// </summary>
    public object? GetDynamicParameters()
    {
        _piped = MyInvocation.ExpectingInput ? new PipedInput(MyInvocation) : null;
        return _piped?.Parameters;
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        _piped?.Begin();
        Guard(OnBegin);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (_piped?.Refuse(TakesEvents) is { } refused)
        {
            WriteError(refused);
            return;
        }
        _voice.BeginItem();
        _goesOn = GoesOnAfterFailure;
        Guard(OnProcess);
        _goesOn = false;
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(() =>
    {
        OnEnd();
        _voice.Finish();
    });

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>True if the cmdlet takes events from the pipeline. None of its parameters may then take their fields by name.</summary>
    private protected virtual bool TakesEvents => false;

    /// <summary>The current object of the pipeline; null if there is no pipeline.</summary>
    private protected PSObject? PipelineInput => _piped?.Current;

    /// <summary>The current object of the pipeline, if it may have set a parameter; null if the user typed the parameter.</summary>
    private protected PSObject? PipedInto(string parameter) => _piped?.IsTyped(parameter) == false ? _piped.Current : null;

    /// <summary>The target object of error records.</summary>
    private protected virtual object? Target => null;

    /// <summary>The system that is searched, for the advice of errors; null while none is.</summary>
    private protected ConnectableSystem? SearchedSystem { get; set; }

    private protected virtual void OnBegin()
    {
    }

    private protected virtual void OnProcess()
    {
    }

    private protected virtual void OnEnd()
    {
    }

    /// <summary>
    /// True if a failure ends only one item, which is then a non-terminating error: of an argument as of pipeline input. A missing
    /// connection
    /// ends the command in any case.
    /// </summary>
    private protected virtual bool GoesOnAfterFailure => false;

    private bool IsInScript => !string.IsNullOrEmpty(MyInvocation.ScriptName);

    /// <summary>Runs engine code and waits for it. Signals and progress are shown meanwhile.</summary>
    internal T Run<T>(Func<CancellationToken, Task<T>> work)
    {
        var task = work(Cancellation);
        _voice.SpeakUntil(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>The same for work that reports no progress. What the server does is shown until it is done.</summary>
    internal T Run<T>(string activity, string status, Func<CancellationToken, Task<T>> work)
    {
        _voice.Note(ProgressText.Of(activity, status, null));
        var result = Run(work);
        _voice.Finish();
        return result;
    }

    /// <summary>The same for work without a result.</summary>
    internal void Run(Func<CancellationToken, Task> work) => Run(async token =>
    {
        await work(token).ConfigureAwait(false);
        return true;
    });

    /// <summary>
    /// Processes each item of a stream on the pipeline thread. Leaving early, for any reason, ends the stream and waits for its clean-up.
    /// </summary>
    internal void Run<T>(Func<CancellationToken, IAsyncEnumerable<T>> stream, Action<T> take)
    {
        var items = stream(Cancellation).GetAsyncEnumerator(Cancellation);
        try
        {
            while (Run(_ => items.MoveNextAsync().AsTask()))
                take(items.Current);
        }
        finally
        {
            CleanUp(items);
        }
    }

    /// <summary>Runs clean-up and waits for it without writing anything, because it also runs after the pipeline was stopped.</summary>
    internal static void CleanUp(IAsyncDisposable? what)
    {
        if (what is not null)
            what.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>True if the user wants to see what would happen: by -WhatIf, or else by the preference variable.</summary>
    private protected bool IsWhatIf => LanguagePrimitives.IsTrue(
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given) ? given : GetVariableValue("WhatIfPreference"));

    /// <summary>True unless the user silenced a stream: by a common parameter, or else by the preference variable.</summary>
    internal bool MaySay(string preference, string parameter)
    {
        var asked = MyInvocation.BoundParameters.TryGetValue(parameter, out var given) ? given : GetVariableValue(preference);
        return !LanguagePrimitives.TryConvertTo<ActionPreference>(asked, out var action)
            || action is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    /// <summary>Writes the failure of one item and continues, unless there is no connection. Other exceptions are rethrown.</summary>
    private protected void WriteFailure(Exception failure, object? target)
    {
        if (Stopping || !ErrorRecords.IsFailure(failure))
            ExceptionDispatchInfo.Capture(failure).Throw();
        _voice.Speak();
        var error = ErrorRecords.Of(failure, target, IsInScript, SearchedSystem);
        Fail(error, terminates: ErrorRecords.EndsCommand(error));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops running work.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed)
            return;
        _disposed = true;
        _stop.Cancel();
        _stop.Dispose();
        _voice.Dispose();
    }

    /// <summary>Writes a failure as an error record: of one item, or as a terminating error if no other item can succeed.</summary>
    internal void Fail(ErrorRecord error) => Fail(error, terminates: !_goesOn || ErrorRecords.EndsCommand(error));

    /// <summary>Writes a failure as a terminating or non-terminating error record.</summary>
    internal void Fail(ErrorRecord error, bool terminates)
    {
        if (terminates)
            ThrowTerminatingError(error);
        else
            WriteError(error);
    }

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (PipelineStoppedException)
        {
            // Select-Object -First: neither StopProcessing nor EndProcessing will run.
            _stop.Cancel();
            throw;
        }
        catch (Exception) when (Stopping)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception e) when (ErrorRecords.IsFailure(e))
        {
            _voice.Speak();
            Fail(ErrorRecords.Of(e, Target, IsInScript, SearchedSystem));
        }
        // A normal return would let EndProcessing run.
        if (Stopping)
            throw new PipelineStoppedException();
    }
}
