using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Faults;

/// <summary>Reorders, repeats and removes rows.</summary>
internal static class WrongRows
{
    /// <summary>The rows of a poll.</summary>
    /// <param name="all">The whole result.</param>
    /// <param name="page">Selects the rows that are sent.</param>
    public static Rows OfPoll(AnswerFaultPlan plan, AnswerInfo answer, Rows all, Func<Rows, Rows> page)
    {
        foreach (var fault in plan.Faults)
        {
            var isOrder = fault.Kind is AnswerFaultKind.ShuffledInstants or AnswerFaultKind.ExchangedRows;
            if (!isOrder || all.Count < 2 || !fault.Concerns(answer))
                continue;
            var random = fault.Draw(answer, FormattableString.Invariant($"{answer.Ask} {answer.Poll}"));
            all = fault.Kind == AnswerFaultKind.ShuffledInstants ? Shuffled(all, random) : Exchanged(all, random, fault.Amount);
        }
        var rows = page(all);
        foreach (var fault in plan.Faults)
        {
            var amount = (int)fault.Amount;
            (var doubled, var dropped) = fault.Kind switch
            {
                AnswerFaultKind.ReplacedRow => (amount, amount),
                AnswerFaultKind.DroppedRow => (0, amount),
                AnswerFaultKind.RepeatedRow => (amount, 0),
                _ => (0, 0),
            };
            // Answers that are too short for the fault do not count.
            if (doubled + dropped > 0 && rows.Count >= doubled + dropped && fault.Concerns(answer))
                rows = Changed(rows, fault.Draw(answer, First(rows)), doubled, dropped);
        }
        return rows;
    }

    /// <summary>The rest of a job's result if rows are lost without a sign.</summary>
    public static Rows OfJob(AnswerFaultPlan plan, AnswerInfo answer, Rows rows)
    {
        foreach (var fault in plan.Faults)
        {
            if (fault.Kind == AnswerFaultKind.InventedRows && fault.Concerns(answer))
                rows = new InventedRows(rows, (int)fault.Amount, fault.NextRows(), answer.StartMs);
            if (fault.Kind == AnswerFaultKind.LostRow && rows.Count >= fault.Amount && fault.Concerns(answer))
                rows = Changed(rows, fault.Draw(answer), 0, (int)fault.Amount);
        }
        return rows;
    }

    private static Rows Shuffled(Rows rows, Randomness random)
    {
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        for (var from = 0; from < order.Length;)
        {
            var time = rows.Timestamp(from);
            var to = from + 1;
            while (to < order.Length && time is not null && rows.Timestamp(to) == time)
                to++;
            for (var i = to - 1; i > from; i--)
            {
                var other = from + random.Below(i - from + 1);
                (order[i], order[other]) = (order[other], order[i]);
            }
            from = to;
        }
        return rows.Pick(order);
    }

    private static Rows Exchanged(Rows rows, Randomness random, long pairs)
    {
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        for (long i = 0; i < pairs; i++)
        {
            (var one, var other) = (random.Below(order.Length), random.Below(order.Length));
            (order[one], order[other]) = (order[other], order[one]);
        }
        return rows.Pick(order);
    }

    /// <summary>Doubles some rows and leaves out others, no row both.</summary>
    private static Rows Changed(Rows rows, Randomness random, int doubled, int dropped)
    {
        int[] copies = [.. Enumerable.Repeat(1, rows.Count)];
        for (var left = doubled + dropped; left > 0 && copies.Contains(1);)
        {
            var row = random.Below(rows.Count);
            if (copies[row] != 1)
                continue;
            copies[row] = left > dropped ? 2 : 0;
            left--;
        }
        return rows.Pick([.. copies.SelectMany((count, row) => Enumerable.Repeat(row, count))]);
    }

    // The same rows are affected each time the same page is requested.
    private static string First(Rows rows) => Utf8.Text(rows.Json(0));
}
