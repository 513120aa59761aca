namespace LogScalePaging.LogScale.Cql;

/// <summary>What a function does to a range that is cut into windows.</summary>
internal enum CqlFunctionClass
{
    /// <summary>Decides each event alone.</summary>
    Event,
    /// <summary>Decides each event alone, with data from outside that may change meanwhile.</summary>
    External,
    /// <summary>Compares events with each other.</summary>
    Relate,
    /// <summary>Picks at random.</summary>
    Random,
    /// <summary>Reads the clock, or the range of the job.</summary>
    Clock,
    /// <summary>Ends the result after a number of rows.</summary>
    Limit,
    /// <summary>Makes rows out of many events.</summary>
    Aggregate,
}

/// <summary>A function of the query language: a row of <c>functions.tsv</c>, where the columns are explained.</summary>
/// <param name="Name">Its name as the documentation writes it.</param>
/// <param name="Class">What it does to a range that is cut.</param>
/// <param name="Multiplies"><c>no</c>, <c>yes</c>, <c>source</c>, or the argument that makes it several rows an event.</param>
/// <param name="Timestamp">Whether it writes <c>@timestamp</c>.</param>
/// <param name="Id">What becomes of <c>@id</c>.</param>
/// <param name="DefaultLimit">Rows after which the result ends in silence when no limit is given; null for none.</param>
/// <param name="MaxLimit">The largest limit; null for none.</param>
/// <param name="Source">Where that is documented.</param>
internal sealed record CqlFunction(string Name, CqlFunctionClass Class, string Multiplies, string Timestamp, string Id, int? DefaultLimit, int? MaxLimit, string Source);
