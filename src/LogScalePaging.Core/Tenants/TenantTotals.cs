using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Tenants;

/// <summary>The verdict over all tenants: as good as the worst of them.</summary>
/// <param name="verdicts">The verdicts.</param>
public sealed class TenantTotals(IReadOnlyList<TenantVerdict> verdicts)
{
    /// <summary>The verdicts, in the order in which they came.</summary>
    public IReadOnlyList<TenantVerdict> Verdicts => verdicts;

    /// <summary>Tenants without a verdict, because the user stopped the command before their turn.</summary>
    public int NotBegun { get; init; }

    /// <summary>Tenants whose result is complete.</summary>
    public int Complete => Count(CompletenessState.Complete);

    /// <summary>Tenants whose result is unverified.</summary>
    public int Unverified => Count(CompletenessState.Unverified);

    /// <summary>Tenants whose search ended and whose result is incomplete.</summary>
    public int Incomplete => Count(CompletenessState.Incomplete);

    /// <summary>
    /// Tenants whose schedule did not fail and is behind. Their state is Incomplete, or Unverified if an unverified step was not published.
    /// </summary>
    public int Behind => verdicts.Count(IsOnlyBehind);

    /// <summary>Events of all tenants that arrived too late for a schedule and are in no output.</summary>
    public long TooLate => verdicts.Sum(v => v.TooLate);

    /// <summary>Tenants that failed or broke off.</summary>
    public int Failed => verdicts.Count(v => v.Failed);

    /// <summary>Records of all results.</summary>
    public long Records => verdicts.Sum(v => v.Records);

    /// <summary>Complete only if every tenant is. Incomplete if one of them is, or failed.</summary>
    public CompletenessState State =>
        Failed + Incomplete + NotBegun > 0 ? CompletenessState.Incomplete
        : Unverified > 0 ? CompletenessState.Unverified
        : CompletenessState.Complete;

    /// <summary>The state in one sentence, with the tenants that are not complete.</summary>
    public string Reason
    {
        get
        {
            List<string> parts =
            [
                State != CompletenessState.Complete
                    ? FormattableString.Invariant($"{Complete:N0} of {verdicts.Count + NotBegun:N0} tenants are complete")
                : verdicts.Count == 1 ? "the tenant is complete"
                : FormattableString.Invariant($"all {verdicts.Count:N0} tenants are complete"),
            ];
            Add(parts, "failed", verdicts.Where(v => v.Failed && !v.IsInterrupted));
            Add(parts, "interrupted", verdicts.Where(v => v.IsInterrupted));
            Add(parts, "behind", verdicts.Where(IsOnlyBehind));
            Add(parts, "incomplete", verdicts.Where(v => Is(v, CompletenessState.Incomplete) && !v.IsBehind));
            Add(parts, "unverified", verdicts.Where(v => Is(v, CompletenessState.Unverified) && !v.IsBehind));
            Add(parts, "with events that arrived too late and are in no file", verdicts.Where(v => v.TooLate > 0));
            if (NotBegun > 0)
                parts.Add(FormattableString.Invariant($"{NotBegun:N0} not begun"));
            return string.Join("; ", parts);
        }
    }

    private static void Add(List<string> parts, string what, IEnumerable<TenantVerdict> some)
    {
        string[] names = [.. some.Select(v => v.Tenant)];
        if (names.Length > 0)
            parts.Add(FormattableString.Invariant($"{names.Length:N0} {what}: {string.Join(", ", names)}"));
    }

    private static bool IsOnlyBehind(TenantVerdict verdict) => verdict.IsBehind && !verdict.Failed;

    private int Count(CompletenessState state) => verdicts.Count(v => Is(v, state));

    private static bool Is(TenantVerdict verdict, CompletenessState state) => !verdict.Failed && verdict.State == state;
}
