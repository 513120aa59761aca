namespace LogScalePaging.Export.Schedules;

/// <summary>The settings of a schedule: where its runs continue, and how late events may arrive.</summary>
/// <param name="Path">Full path of the watermark file.</param>
public sealed record ScheduleSettings(string Path)
{
    /// <summary>The default of <see cref="Lag"/>.</summary>
    public static readonly TimeSpan DefaultLag = TimeSpan.FromMinutes(5);

    /// <summary>The default of <see cref="Lookback"/>.</summary>
    public static readonly TimeSpan DefaultLookback = TimeSpan.FromHours(1);

    /// <summary>The default of <see cref="MaxStep"/>.</summary>
    public static readonly TimeSpan DefaultMaxStep = TimeSpan.FromHours(24);

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    /// <summary>A run ends this long before now, because younger events may still arrive.</summary>
    public TimeSpan Lag { get; init; } = DefaultLag;

    /// <summary>A run reads the time before its start again this far back, for events that arrived late.</summary>
    public TimeSpan Lookback { get; init; } = DefaultLookback;

    /// <summary>The longest range of one output. Missed runs are caught up in steps of this length.</summary>
    public TimeSpan MaxStep { get; init; } = DefaultMaxStep;

    /// <summary>
    /// Ends the run cleanly when this time has passed since its start. The next run continues the step that was begun. Null for no limit.
    /// </summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>How much of it had passed before this run, because the command exported something else.</summary>
    public TimeSpan UsedBefore { get; init; }

    /// <summary>Publish only results that are Complete.</summary>
    public bool RequireComplete { get; init; }

    /// <summary>Leave the account and the machine out of the manifests.</summary>
    public bool NoOperator { get; init; }

    /// <summary>The authority that gives the manifests a timestamp; null for none.</summary>
    public Uri? TimestampServer { get; init; }

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">A setting is not valid. The message has the allowed range.</exception>
    public void EnsureValid()
    {
        if (Lag < TimeSpan.Zero || Lag > s_longest)
            throw new ArgumentException("The lag must be between 0 and 366 days.");
        if (Lookback < TimeSpan.Zero || Lookback > s_longest)
            throw new ArgumentException("The look-back must be between 0 and 366 days.");
        if (MaxStep < TimeSpan.FromSeconds(1) || MaxStep > s_longest)
            throw new ArgumentException("The longest step must be between 1 second and 366 days.");
    }
}
