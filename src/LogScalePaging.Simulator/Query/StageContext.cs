namespace LogScalePaging.Simulator.Query;

/// <summary>What stages know of the job, and what they tell about their result.</summary>
internal sealed class StageContext(SimulatorOptions options, TimeRange range, long nowMs = 0)
{
    public SimulatorOptions Options { get; } = options;

    public TimeRange Range { get; } = range;

    /// <summary>When the job was made: what <c>now()</c> gives.</summary>
    public long NowMs { get; } = nowMs;

    public List<string> Warnings { get; } = [];

    /// <summary>Further entries of <c>metaData.extraData</c>.</summary>
    public List<KeyValuePair<string, string>> ExtraData { get; } = [];

    /// <summary>The columns in their order; null where the rows have no common ones.</summary>
    public IReadOnlyList<string>? FieldOrder { get; set; }
}
