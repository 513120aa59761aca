using LogScalePaging.Common;
using LogScalePaging.Tenants;

namespace LogScalePaging;

/// <summary>The verdict on one child tenant, in a <see cref="TenantSummary"/>.</summary>
public sealed class TenantResult
{
    internal TenantResult(TenantVerdict verdict, string? path)
    {
        Cid = verdict.Tenant;
        State = verdict.Failed ? "Failed" : verdict.State.ToString()!;
        Reason = OptionNames.ForPowerShell(verdict.Reason);
        Events = verdict.Records;
        Path = path;
        HasGap = verdict.IsBehind;
        TooLate = verdict.TooLate;
    }

    /// <summary>CID of the tenant.</summary>
    public string Cid { get; }

    /// <summary><c>Complete</c>, <c>Incomplete</c>, <c>Unverified</c>, or <c>Failed</c> if the search failed or broke off.</summary>
    public string State { get; }

    /// <summary>Why, in one sentence.</summary>
    public string Reason { get; }

    /// <summary>Events in its result.</summary>
    public long Events { get; }

    /// <summary>Path of its file, with -Watermark of its watermark file; null for a search without a file.</summary>
    public string? Path { get; }

    /// <summary>True if its schedule is behind: a part of the time up to now less the lag is not exported yet.</summary>
    public bool HasGap { get; }

    /// <summary>Events that arrived too late for its schedule and are in no file.</summary>
    public long TooLate { get; }

    /// <summary>Tenant, state and reason.</summary>
    public override string ToString() => $"{Cid}: {State}: {Reason}";
}
