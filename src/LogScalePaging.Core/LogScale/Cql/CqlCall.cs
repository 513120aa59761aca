namespace LogScalePaging.LogScale.Cql;

/// <summary>On which events a call works.</summary>
internal enum CqlScope
{
    /// <summary>A step of the query itself, those in <c>case</c> and <c>match</c> included.</summary>
    Main,
    /// <summary>An argument of another call: it works on a value, on an element, or on the events of a group.</summary>
    Nested,
    /// <summary>In a query that <c>join</c>, <c>defineTable</c> or <c>correlate</c> reads on its own.</summary>
    Independent,
}

/// <summary>A call of a function or of a saved query.</summary>
/// <param name="Name">As it is written; of a saved query with its <c>$</c>.</param>
/// <param name="Scope">On what it works.</param>
internal sealed record CqlCall(string Name, CqlScope Scope)
{
    /// <summary>The function; null for a saved query and for a name that is not known.</summary>
    public CqlFunction? Function { get; init; }

    /// <summary>True for <c>$name(..)</c>, whose content only the server knows.</summary>
    public bool IsSavedQuery { get; init; }

    /// <summary>The field of <c>field := call()</c>; null when there is none.</summary>
    public string? Target { get; init; }

    public List<CqlArgument> Arguments { get; } = [];

    /// <summary>The name for a message: as the documentation writes it.</summary>
    public string Shown => IsSavedQuery ? Name : $"{Function?.Name ?? Name}()";

    /// <summary>The argument of that name; null when it is not given.</summary>
    public CqlArgument? Argument(string name) => Arguments.Find(a => name.Equals(a.Name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>An argument of a call.</summary>
/// <param name="name">Its name; null for the one without.</param>
internal sealed class CqlArgument(string? name)
{
    public string? Name { get; } = name;

    /// <summary>Tokens of it, those of nested lists included and those of nested calls and queries not.</summary>
    public int Tokens { get; set; }

    /// <summary>Its value where that is one word or string; of a longer argument, the last one of it.</summary>
    public string? Last { get; set; }

    /// <summary>The value of an argument of one word or string; null for others.</summary>
    public string? Value => Tokens == 1 ? Last : null;

    /// <summary>True when it names <c>@id</c>, outside calls and queries in it.</summary>
    public bool NamesId { get; set; }

    /// <summary>True when it names <c>@timestamp</c>, outside calls and queries in it.</summary>
    public bool NamesTimestamp { get; set; }

    /// <summary>True when it holds a parameter, whose value comes with the job.</summary>
    public bool HasParameter { get; set; }
}
