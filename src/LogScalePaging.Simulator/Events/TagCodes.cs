namespace LogScalePaging.Simulator.Events;

/// <summary>
/// Small numbers for the values of <c>#event_simpleName</c>, so that the most frequent filter compares numbers. Thread safe.
/// </summary>
internal sealed class TagCodes
{
    public const string FieldName = "#event_simpleName";

    private readonly Dictionary<string, ushort> _codes = new(StringComparer.Ordinal);

    /// <summary>The code of a value. A new value gets a new code. 0 means a missing field.</summary>
    public ushort Of(string value)
    {
        lock (_codes)
        {
            if (!_codes.TryGetValue(value, out var code))
                _codes.Add(value, code = checked((ushort)(_codes.Count + 1)));
            return code;
        }
    }
}
