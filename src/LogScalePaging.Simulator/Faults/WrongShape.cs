namespace LogScalePaging.Simulator.Faults;

/// <summary>Wrong parts of a poll's answer: the form of <c>events</c>, and values of its metadata.</summary>
internal sealed class WrongShape
{
    private readonly List<string> _warnings = [];
    private long _eventCountOff;
    private bool _saysNoEventCount;
    private bool _saysAggregate;
    private AnswerFaultKind? _hasMore;

    /// <summary>The value instead of <c>events</c>; null for an array.</summary>
    public byte[]? InPlaceOfEvents { get; private set; }

    public IReadOnlyList<string> Warnings => _warnings;

    public static WrongShape Of(AnswerFaultPlan plan, AnswerInfo answer)
    {
        var shape = new WrongShape();
        foreach (var fault in plan.Faults)
            shape.Take(fault, answer);
        return shape;
    }

    /// <summary><c>eventCount</c> as it is sent; null if it is not sent.</summary>
    public long? EventCount(long truth) => _saysNoEventCount ? null : Math.Max(0, truth + _eventCountOff);

    /// <summary><c>isAggregate</c> as it is sent.</summary>
    public bool IsAggregate(bool truth) => truth || _saysAggregate;

    public bool? HasMore(bool? truth) => _hasMore switch
    {
        AnswerFaultKind.HasMoreTrue => true,
        AnswerFaultKind.HasMoreFalse => false,
        AnswerFaultKind.HasMoreMissing => null,
        _ => truth,
    };

    private void Take(AnswerFault fault, AnswerInfo answer)
    {
        switch (fault.Kind)
        {
            case AnswerFaultKind.EventsAbsent when fault.Concerns(answer):
                InPlaceOfEvents = [];
                break;
            case AnswerFaultKind.EventsNull when fault.Concerns(answer):
                InPlaceOfEvents = ",\"events\":null"u8.ToArray();
                break;
            case AnswerFaultKind.EventsObject when fault.Concerns(answer):
                InPlaceOfEvents = ",\"events\":{}"u8.ToArray();
                break;
            case AnswerFaultKind.EventCountOff when fault.Concerns(answer):
                _eventCountOff += fault.Amount;
                break;
            case AnswerFaultKind.EventCountMissing when fault.Concerns(answer):
                _saysNoEventCount = true;
                break;
            case AnswerFaultKind.HasMoreTrue or AnswerFaultKind.HasMoreFalse or AnswerFaultKind.HasMoreMissing when fault.Concerns(answer):
                _hasMore = fault.Kind;
                break;
            case AnswerFaultKind.SaysAggregate when fault.Concerns(answer):
                _saysAggregate = true;
                break;
            case AnswerFaultKind.Warnings when fault.Concerns(answer):
                for (long i = 0; i < fault.Amount; i++)
                    _warnings.Add(fault.NextWarning());
                break;
            default:
                break;
        }
    }
}
