namespace LogScalePaging.Export;

/// <summary>Where a name or value stands in the bytes of an event; a string without its quotes.</summary>
internal readonly record struct JsonSlice(int Start, int Length, JsonText Text, bool IsString)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> json) => json.Slice(Start, Length);

    /// <summary>The value as JSON: a string with its quotes.</summary>
    public ReadOnlySpan<byte> RawIn(ReadOnlySpan<byte> json) =>
        IsString ? json.Slice(Start - 1, Math.Min(Length + 2, json.Length - Start + 1)) : In(json);
}
