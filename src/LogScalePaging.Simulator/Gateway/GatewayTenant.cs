namespace LogScalePaging.Simulator;

/// <summary>A child tenant with its events, jobs and records.</summary>
/// <param name="Cid">Its CID, in lower case and without checksum.</param>
/// <param name="Name">Its name.</param>
/// <param name="Events">Number of its generated events. They have its CID in <c>#repo.cid</c> and <c>cid</c>.</param>
public sealed record GatewayTenant(string Cid, string Name, int Events)
{
    /// <summary>Its state in Flight Control.</summary>
    public string Status { get; init; } = "active";

    /// <summary>Number of records of each resource of the REST API.</summary>
    public int Records { get; init; }

    /// <summary>The two characters after the CID in the console.</summary>
    public string Checksum { get; init; } = "A1";

    /// <summary>Number of events of the first generated tenant, for a simulator that a user starts.</summary>
    public const int UsualEvents = 300;

    /// <summary>Tenants with different events, numbers of events and names.</summary>
    /// <param name="count">How many.</param>
    /// <param name="events">Number of events of the first tenant. Each other tenant has one more than the one before.</param>
    public static IReadOnlyList<GatewayTenant> Generate(int count, int events) =>
        [.. Enumerable.Range(1, count).Select(i => new GatewayTenant(FormattableString.Invariant($"{0xC0FFEE00L + i:x16}{i * 7_919L:x16}"),
            FormattableString.Invariant($"Child {i:000}"), events + i - 1) { Records = 20 + i })];
}
