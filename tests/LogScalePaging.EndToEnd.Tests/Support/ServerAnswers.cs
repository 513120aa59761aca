using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>Choices of the answers that a server may give where no public source says which it gives.</summary>
internal static class ServerAnswers
{
    /// <summary>
    /// Eight cases of seven yes-or-no points in which each pair of points shows all four pairs of answers, as often as each other.
    /// </summary>
    public static IEnumerable<bool[]> Pairwise() =>
        Full(3).Select(x => new[] { x[0], x[1], x[2], x[0] ^ x[1], x[0] ^ x[2], x[1] ^ x[2], x[0] ^ x[1] ^ x[2] });

    /// <summary>The order that an answer has.</summary>
    public static EventOrder Order(bool oldestFirst) => oldestFirst ? EventOrder.OldestFirst : EventOrder.NewestFirst;

    /// <summary>Every combination.</summary>
    public static IEnumerable<bool[]> Full(int points) =>
        Enumerable.Range(0, 1 << points).Select(
            number => Enumerable.Range(0, points).Select(point => (number >> point & 1) == 1).ToArray());
}
