namespace LogScalePaging.Simulator.Query;

/// <summary>What stages know about the job, and what they report about their result.</summary>
internal sealed class StageContext(SimulatorOptions options, TimeRange range, long nowMs = 0)
{
    public SimulatorOptions Options { get; } = options;

    public TimeRange Range { get; } = range;

    /// <summary>Time when the job was created: the value of <c>now()</c>.</summary>
    public long NowMs { get; } = nowMs;

    public List<string> Warnings { get; } = [];

    /// <summary>Additional entries of <c>metaData.extraData</c>.</summary>
    public List<KeyValuePair<string, string>> ExtraData { get; } = [];

    /// <summary>The columns in their order; null if the rows have no common ones.</summary>
    public IReadOnlyList<string>? FieldOrder { get; set; }
}
