using System.Globalization;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Faults;

/// <summary>Applies the faults of a plan to a job's result. This is decided once per job, so that all its polls agree.</summary>
internal static class WrongResult
{
    // 9e18 milliseconds are some 285 million years.
    private const long BeyondCalendar = 9_000_000_000_000_000_000;

    private static readonly StoredName Count = new("_count");

    public static QueryRows Of(AnswerFaultPlan plan, AnswerInfo answer, QueryRows result)
    {
        if (plan.Faults.Count == 0)
            return result;
        result = result with { Rows = WrongRows.OfJob(plan, answer, result.Rows) };
        foreach (var fault in plan.Faults)
            result = Changed(fault, answer, result);
        return result;
    }

    /// <summary>The message of a refused job; null if it is not refused.</summary>
    public static string? Refusal(AnswerFaultPlan plan, AnswerInfo answer)
        => plan.Faults.Any(f => f.Kind == AnswerFaultKind.Refused && f.Concerns(answer)) ? "The query was refused by the simulator" : null;

    private static QueryRows Changed(AnswerFault fault, AnswerInfo answer, QueryRows result)
    {
        (var start, var end) = (result.SaidStart, result.SaidEnd);
        switch (fault.Kind)
        {
            case AnswerFaultKind.CountOff when fault.Concerns(answer):
                return result with { Rows = Counts(result.Rows, n => n + fault.Amount) };
            case AnswerFaultKind.CountRandom when fault.Concerns(answer):
                var random = fault.Draw(answer, answer.Ask.ToString(CultureInfo.InvariantCulture));
                return result with { Rows = Counts(result.Rows, n => Near(n, fault.Amount, ref random)) };
            case AnswerFaultKind.CountZero when fault.Concerns(answer):
                return result with { Rows = Counts(result.Rows, _ => 0) };
            case AnswerFaultKind.HistogramOff when fault.Concerns(answer):
                var bars = fault.Draw(answer);
                return result with { Rows = Counts(result.Rows, n => n == 0 ? 0 : Near(n, fault.Amount, ref bars)) };
            case AnswerFaultKind.HistogramEmpty when fault.Concerns(answer):
                return result with { Rows = Rows.None };
            case AnswerFaultKind.RangeFromZero when fault.Concerns(answer):
                return result with { SaidStart = 0 };
            case AnswerFaultKind.RangeReversed when fault.Concerns(answer):
                return result with { SaidStart = end, SaidEnd = start };
            case AnswerFaultKind.RangeBeyondCalendar when fault.Concerns(answer):
                return result with { SaidEnd = BeyondCalendar };
            case AnswerFaultKind.RangeNegative when fault.Concerns(answer):
                return result with { SaidStart = -BeyondCalendar };
            case AnswerFaultKind.RangeShifted when fault.Concerns(answer):
                return result with { SaidStart = start + fault.Amount, SaidEnd = end + fault.Amount };
            case AnswerFaultKind.RangeMissing when fault.Concerns(answer):
                return result with { SaidStart = null, SaidEnd = null };
            case AnswerFaultKind.RangeOverwritten when fault.Concerns(answer):
                return result with { ExtraData = [.. result.ExtraData, new("timeSettingsOverwrittenFromQuery", "true")] };
            default:
                return result;
        }
    }

    private static MadeRows Counts(Rows rows, Func<long, long> change)
    {
        var made = new byte[rows.Count][];
        for (var i = 0; i < made.Length; i++)
        {
            var json = rows.Json(i);
            made[i] = Count.TryRead(json, out var value) && value.TryInteger(out var number)
                ? StoredFields.With(json, Count, Utf8.Bytes(FormattableString.Invariant($"\"{Math.Max(0, change(number))}\"")))
                : json.ToArray();
        }
        return new MadeRows(made);
    }

    private static long Near(long number, long amount, ref Randomness random)
    {
        var by = 1 + random.Below(Math.Max(1, amount));
        return random.Below(2) == 0 && number >= by ? number - by : number + by;
    }
}
