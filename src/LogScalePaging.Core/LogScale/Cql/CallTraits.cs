namespace LogScalePaging.LogScale.Cql;

/// <summary>What one call means for the result, according to its function and arguments.</summary>
internal static class CallTraits
{
    /// <summary>Why a range must not be cut because of the call; null if it may be cut.</summary>
    public static string? WhyNotCut(CqlCall call) => call.Function switch
    {
        null when call.IsSavedQuery => $"the content of the saved query {call.Shown} is known to the server only",
        null => $"{call.Shown} is not a known function",
        { Multiplies: "source" } => $"{call.Shown} makes rows that do not depend on the time range",
        { Name: "setTimeInterval" } => "setTimeInterval() sets the time range",
        { Name: "start" or "end" } => $"{call.Shown} reads the time range of the job",
        { Class: CqlFunctionClass.Clock } => $"{call.Shown} reads the clock",
        { Class: CqlFunctionClass.Random } => $"{call.Shown} picks events at random",
        { Class: CqlFunctionClass.Relate } => $"{call.Shown} compares events with each other",
        { Class: CqlFunctionClass.Limit } => $"{call.Shown} limits the number of rows",
        { Class: CqlFunctionClass.Aggregate } => $"{call.Shown} combines many events into rows",
        _ => null,
    };

    /// <summary>Why each window would repeat the whole result; null if it would not.</summary>
    public static string? NeverCut(CqlCall call) =>
        call.Function is { Multiplies: "source" } or { Name: "setTimeInterval" } ? WhyNotCut(call) : null;

    /// <summary>Why two evaluations of the call can differ; null if they cannot.</summary>
    public static string? OneEvaluation(CqlCall call) =>
        call.Function is { Name: "now" } or { Class: CqlFunctionClass.Random } ? WhyNotCut(call) : null;

    /// <summary>
    /// Why the effect of the call is not known although the text is understood: it depends on a parameter of the job. Null if it is
    /// known.
    /// </summary>
    public static string? Problem(CqlCall call) =>
        call.Arguments.Exists(a => a.HasParameter && (IsNamed(a, "function") || (a.Name is null && call.Function?.Name == "callFunction")))
            ? $"{call.Shown} takes the name of a function from a parameter"
            : null;

    /// <summary>True if the call writes <c>@timestamp</c>.</summary>
    public static bool WritesTimestamp(CqlCall call)
    {
        if (call.Function is not { } function || call.Scope == CqlScope.Independent)
            return false;
        if (call.Argument("as") is { } target)
            return target.NamesTimestamp;
        if (call.Target is not null)
            return false;
        return function.Timestamp switch
        {
            "yes" or "default" => true,
            "devtime" => !Says(call, "parsetime", "false"),
            "field" or "target" => Names(call, a => a.NamesTimestamp),
            "include" => call.Argument("include")?.NamesTimestamp == true,
            _ => false,
        };
    }

    /// <summary>True if the data of an event decide whether the call writes <c>@timestamp</c>.</summary>
    public static bool MayWriteTimestamp(CqlCall call) => call.Scope != CqlScope.Independent && call.Function switch
    {
        null => true,
        { Timestamp: "data" } => call.Argument("prefix") is null,
        { Timestamp: "devtime" } => true,
        { Timestamp: "include" } => call.Argument("include")?.Last == "*",
        // The name is computed, unless it is a string.
        { Name: "setField" } => call.Argument("target")?.Value is null,
        _ => false,
    };

    /// <summary>True if the rows of the call can lack <c>@id</c>, or have another one.</summary>
    public static bool MayDropId(CqlCall call)
    {
        if (call.Argument("as")?.NamesId == true && call.Scope != CqlScope.Independent)
            return true;
        return call.Scope == CqlScope.Main && call.Function?.Id switch
        {
            "yes" => true,
            "unless" => !Names(call, a => a.NamesId),
            "named" => Names(call, a => a.NamesId),
            _ => false,
        };
    }

    /// <summary>True if one event can give several rows.</summary>
    public static bool MultipliesRows(CqlCall call) => call.Scope != CqlScope.Independent && call.Function?.Multiplies switch
    {
        null or "no" or "source" => false,
        "yes" => true,
        "repeat" => Says(call, "repeat", "true") || call.Argument("flags")?.Last?.IndexOf('g') >= 0,
        "multival" => Says(call, "multival", "false"),
        var argument => call.Argument(argument) is { } most && most.Value != "1",
    };

    /// <summary>True if the call has a limit argument.</summary>
    public static bool HasLimit(CqlCall call) =>
        call.Argument("limit") is not null || (call.Function?.Name is "head" or "tail" && call.Arguments.Exists(a => a.Name is null));

    private static bool Says(CqlCall call, string argument, string value) =>
        value.Equals(call.Argument(argument)?.Value, StringComparison.OrdinalIgnoreCase);

    private static bool Names(CqlCall call, Predicate<CqlArgument> names) => call.Arguments.Exists(a => names(a) || IsTarget(a, names));

    // eval(@timestamp=..) writes the field with the argument's name.
    private static bool IsTarget(CqlArgument argument, Predicate<CqlArgument> names) =>
        argument.Name is { } name && names(new CqlArgument(null)
        {
            NamesId = name.Equals(CqlCalls.Id, StringComparison.OrdinalIgnoreCase),
            NamesTimestamp = name.Equals(CqlCalls.Timestamp, StringComparison.OrdinalIgnoreCase),
        });

    private static bool IsNamed(CqlArgument argument, string name) => name.Equals(argument.Name, StringComparison.OrdinalIgnoreCase);
}
