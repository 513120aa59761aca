namespace LogScalePaging.Simulator;

/// <summary>How a server's answers are wrong: a list of faults. Each of them changes every answer that it hits. Thread safe.</summary>
public sealed class AnswerFaultPlan
{
    private volatile IReadOnlyList<AnswerFault> _faults = [];

    /// <summary>The faults, in the order in which they are applied.</summary>
    public IReadOnlyList<AnswerFault> Faults => _faults;

    public AnswerFaultPlan Add(params AnswerFault[] faults)
    {
        _faults = [.. _faults, .. faults];
        return this;
    }

    /// <summary>Adds a fault for all answers.</summary>
    public AnswerFaultPlan Add(AnswerFaultKind kind, long amount = 1, AnswerKinds on = AnswerKinds.Any)
        => Add(new AnswerFault(kind, amount) { On = on });

    /// <summary>Adds a fault for one answer.</summary>
    public AnswerFaultPlan AddOnce(AnswerFaultKind kind, long amount = 1, AnswerKinds on = AnswerKinds.Any)
        => Add(new AnswerFault(kind, amount) { On = on, Times = 1 });

    /// <summary>Removes all faults.</summary>
    public void Clear() => _faults = [];

    public override string ToString() => _faults.Count == 0 ? "no wrong answers" : string.Join("; ", _faults);
}
