namespace LogScalePaging.LogScale.Cql;

/// <summary>The events that a call works on.</summary>
internal enum CqlScope
{
    /// <summary>A step of the query itself, also within <c>case</c> and <c>match</c>.</summary>
    Main,
    /// <summary>An argument of another call. It works on a value, on an element, or on the events of a group.</summary>
    Nested,
    /// <summary>In a subquery of <c>join</c>, <c>defineTable</c> or <c>correlate</c>.</summary>
    Independent,
}

/// <summary>A call of a function or of a saved query.</summary>
/// <param name="Name">The name as it is written; for a saved query with its <c>$</c>.</param>
/// <param name="Scope">The events that it works on.</param>
internal sealed record CqlCall(string Name, CqlScope Scope)
{
    /// <summary>The function; null for a saved query and for an unknown name.</summary>
    public CqlFunction? Function { get; init; }

    /// <summary>True for <c>$name(..)</c>, whose content only the server knows.</summary>
    public bool IsSavedQuery { get; init; }

    /// <summary>The field of <c>field := call()</c>; null when there is none.</summary>
    public string? Target { get; init; }

    public List<CqlArgument> Arguments { get; } = [];

    /// <summary>The name for a message, as the documentation writes it.</summary>
    public string Shown => IsSavedQuery ? Name : $"{Function?.Name ?? Name}()";

    /// <summary>The argument with this name; null if it is not given.</summary>
    public CqlArgument? Argument(string name) => Arguments.Find(a => name.Equals(a.Name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>An argument of a call.</summary>
/// <param name="name">Its name; null for the argument without a name.</param>
internal sealed class CqlArgument(string? name)
{
    public string? Name { get; } = name;

    /// <summary>Number of its tokens, with nested lists, but without nested calls and queries.</summary>
    public int Tokens { get; set; }

    /// <summary>Its value if it is one word or string; for a longer argument, its last word or string.</summary>
    public string? Last { get; set; }

    /// <summary>The value of an argument that is one word or string; null for others.</summary>
    public string? Value => Tokens == 1 ? Last : null;

    /// <summary>True if it names <c>@id</c>, not counting nested calls and queries.</summary>
    public bool NamesId { get; set; }

    /// <summary>True if it names <c>@timestamp</c>, not counting nested calls and queries.</summary>
    public bool NamesTimestamp { get; set; }

    /// <summary>True if it has a parameter, whose value comes with the job.</summary>
    public bool HasParameter { get; set; }
}
