namespace LogScalePaging.Tanium.Graph;

/// <summary>Writes the requests for the pages of one collection.</summary>
internal interface IGraphSource
{
    /// <summary>Name of the collection, for messages.</summary>
    string Name { get; }

    /// <summary>The text and the variables of a request, as JSON.</summary>
    /// <param name="page">The page.</param>
    /// <param name="withheld">Names of optional fields that the collection does not have.</param>
    byte[] Body(GraphPage page, IReadOnlyCollection<string> withheld);
}
