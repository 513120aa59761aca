namespace LogScalePaging.Simulator;

/// <summary>The forms of an <c>@id</c> that identifies nothing, or is not text.</summary>
public enum MissingIdForm
{
    /// <summary>The field is missing.</summary>
    Removed,

    /// <summary><c>"@id":null</c>.</summary>
    Null,

    /// <summary><c>"@id":""</c>.</summary>
    Empty,

    /// <summary><c>"@id":7</c>: a number, the same in all events.</summary>
    Number,
}
