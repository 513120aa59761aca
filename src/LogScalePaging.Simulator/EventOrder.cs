namespace LogScalePaging.Simulator;

/// <summary>The order in which an answer lists its events.</summary>
public enum EventOrder
{
    NewestFirst,
    OldestFirst,
}
