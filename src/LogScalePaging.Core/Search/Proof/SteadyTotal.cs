namespace LogScalePaging.Search.Proof;

/// <summary>
/// Reads a total that a server states beside its records. It may be wrong in one answer, so two answers in a row must agree.
/// </summary>
internal static class SteadyTotal
{
    private const int MostAnswers = 5;

    /// <summary>Asks until two answers agree, five times at most. The last answer counts if none do.</summary>
    /// <param name="last">The total of the answer before; null if there is none.</param>
    /// <param name="ask">Asks once.</param>
    public static async Task<long> AskAsync(long? last, Func<Task<long>> ask)
    {
        for (var tries = 1; ; tries++)
        {
            var total = await ask().ConfigureAwait(false);
            if (total == last || tries == MostAnswers)
                return total;
            last = total;
        }
    }
}
