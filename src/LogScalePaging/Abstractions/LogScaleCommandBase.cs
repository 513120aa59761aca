using System.Management.Automation;
using System.Runtime.ExceptionServices;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Commands;

/// <summary>
/// What every cmdlet here shares: engine code runs to its end on the pipeline thread, Ctrl+C cancels it, what happens meanwhile
/// reaches the verbose, warning and progress streams, and every failure leaves as one error record.
/// </summary>
public abstract class LogScaleCommandBase : PSCmdlet, IDynamicParameters, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CommandVoice _voice;
    private PipedInput? _piped;
    private bool _goesOn;
    private bool _disposed;

    /// <summary>Makes the command.</summary>
    protected LogScaleCommandBase() => _voice = new CommandVoice(this);

    /// <summary>Cancelled when the pipeline stops, for whatever reason.</summary>
    private protected CancellationToken Cancellation => _stop.Token;

    /// <summary>A log whose signals appear in the streams of this cmdlet.</summary>
    internal SignalLog Signals => _voice.Signals;

    /// <summary>What the cmdlet says while it works.</summary>
    internal CommandVoice Voice => _voice;

    /// <summary>The state of this runspace.</summary>
    private protected Session Session { get; } = Session.Current;

    /// <summary>What binds the objects of a pipeline. PowerShell asks; there is none without a pipeline.</summary>
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
        if (_piped?.Refuse() is { } refused)
        {
            WriteError(refused);
            return;
        }
        _goesOn = GoesOnAfterFailure && MyInvocation.ExpectingInput;
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

    /// <summary>What the cmdlet works on: it stands in error records.</summary>
    private protected virtual object? Target => null;

    private protected virtual void OnBegin()
    {
    }

    private protected virtual void OnProcess()
    {
    }

    private protected virtual void OnEnd()
    {
    }

    /// <summary>True when a failure ends one item of the pipeline's input only, and those after it have their turn.</summary>
    private protected virtual bool GoesOnAfterFailure => false;

    private bool IsInScript => !string.IsNullOrEmpty(MyInvocation.ScriptName);

    /// <summary>Runs engine code and waits for it; signals and progress that come meanwhile are shown as they come.</summary>
    internal T Run<T>(Func<CancellationToken, Task<T>> work)
    {
        var task = work(Cancellation);
        _voice.SpeakUntil(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>The same for work without a result.</summary>
    internal void Run(Func<CancellationToken, Task> work) => Run(async token =>
    {
        await work(token).ConfigureAwait(false);
        return true;
    });

    /// <summary>Takes each item of a stream on the pipeline thread; leaving early, for whatever reason, ends the stream and waits for its clean-up.</summary>
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

    /// <summary>
    /// Runs clean-up and waits for it without a word: it also runs when the pipeline has been stopped and nothing can be written any more.
    /// </summary>
    internal static void CleanUp(IAsyncDisposable? what)
    {
        if (what is not null)
            what.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>True unless the user asked for silence on a stream: by a common parameter, else by the preference variable.</summary>
    internal bool MaySay(string preference, string parameter)
    {
        var asked = MyInvocation.BoundParameters.TryGetValue(parameter, out var given) ? given : GetVariableValue(preference);
        return !LanguagePrimitives.TryConvertTo<ActionPreference>(asked, out var action) || action is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    /// <summary>Writes the failure of one item and goes on; what is no failure of an item is thrown on.</summary>
    private protected void WriteFailure(Exception failure, object? target)
    {
        if (Stopping || !ErrorRecords.IsFailure(failure))
            ExceptionDispatchInfo.Capture(failure).Throw();
        _voice.Speak();
        WriteError(ErrorRecords.Of(failure, target, IsInScript));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what still runs.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed)
            return;
        _disposed = true;
        _stop.Cancel();
        _stop.Dispose();
        _voice.Dispose();
    }

    /// <summary>Says a failure as an error record: one of an item of the pipeline's input, or one that ends the statement.</summary>
    internal void Fail(ErrorRecord error) => Fail(error, terminates: !_goesOn);

    /// <summary>Says a failure as an error record that ends the statement, or does not.</summary>
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
            Fail(ErrorRecords.Of(e, Target, IsInScript));
        }
        // A normal return would let EndProcessing run.
        if (Stopping)
            throw new PipelineStoppedException();
    }
}
