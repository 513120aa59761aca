namespace LogScalePaging.LogScale.Cql;

/// <summary>How a function affects a range that is cut into windows.</summary>
internal enum CqlFunctionClass
{
    /// <summary>Handles each event independently.</summary>
    Event,
    /// <summary>Handles each event independently, with data from outside that can change during the search.</summary>
    External,
    /// <summary>Compares events with each other.</summary>
    Relate,
    /// <summary>Picks at random.</summary>
    Random,
    /// <summary>Reads the clock, or the range of the job.</summary>
    Clock,
    /// <summary>Ends the result after a number of rows.</summary>
    Limit,
    /// <summary>Combines many events into rows.</summary>
    Aggregate,
}

/// <summary>A function of the query language: a row of <c>functions.tsv</c>, which explains the columns.</summary>
/// <param name="Name">Its name as the documentation writes it.</param>
/// <param name="Class">How it affects a range that is cut.</param>
/// <param name="Multiplies"><c>no</c>, <c>yes</c>, <c>source</c>, or the argument that makes it return several rows per event.</param>
/// <param name="Timestamp">Whether it writes <c>@timestamp</c>.</param>
/// <param name="Id">What happens to <c>@id</c>.</param>
/// <param name="DefaultLimit">Rows after which the result ends without a warning if no limit is given; null for none.</param>
/// <param name="MaxLimit">The largest limit; null for none.</param>
/// <param name="Source">Where this is documented.</param>
internal sealed record CqlFunction(string Name, CqlFunctionClass Class, string Multiplies, string Timestamp, string Id, int? DefaultLimit,
    int? MaxLimit, string Source);
