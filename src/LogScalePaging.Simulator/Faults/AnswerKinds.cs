namespace LogScalePaging.Simulator;

/// <summary>The kinds of answers that an <see cref="AnswerFault"/> can affect.</summary>
[Flags]
public enum AnswerKinds
{
    None = 0,

    /// <summary>A filter query, limited by the result buffer: a first answer, or a window on a server that refuses <c>tail</c>.</summary>
    Plain = 1,

    /// <summary>A query that ends with <c>tail(N)</c> or <c>head(N)</c>: a window.</summary>
    Tail = 2,

    /// <summary>A job with <c>around</c>.</summary>
    Around = 4,

    /// <summary>The streaming <c>/query</c> endpoint.</summary>
    Stream = 8,

    /// <summary><c>count()</c>, or another function that returns one row.</summary>
    Count = 16,

    /// <summary><c>bucket()</c> or <c>timechart()</c>.</summary>
    Histogram = 32,

    /// <summary>Any other aggregate.</summary>
    Aggregate = 64,

    /// <summary>Every answer that holds events.</summary>
    Events = Plain | Tail | Around | Stream,

    Any = Events | Count | Histogram | Aggregate,
}
