using System.Text.Json.Serialization;

namespace LogScalePaging.Paging.Positions;

/// <summary>
/// The place from which a walk can continue: a plain serialisable value without secrets. It has the query, server and range as well as
/// the position, so that it cannot be used for another query by mistake. It advances only after the sink has taken the page.
/// </summary>
public sealed record Checkpoint
{
    /// <summary>The layout that this version writes. Older layouts can be read too.</summary>
    public const int CurrentVersion = 2;

    /// <summary>Layout of this checkpoint.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Name of the strategy that wrote the position.</summary>
    public required string Strategy { get; init; }

    /// <summary>The query, server and range.</summary>
    public required WalkIdentity Identity { get; init; }

    /// <summary>Where the next page begins.</summary>
    [JsonConverter(typeof(PagePositionConverter))]
    public required PagePosition Position { get; init; }

    /// <summary>Items passed on so far, without duplicates.</summary>
    public long Received { get; init; }

    /// <summary>Repeated items dropped so far.</summary>
    public long Duplicates { get; init; }

    /// <summary>Pages read so far.</summary>
    public long Pages { get; init; }

    /// <summary>Checks that this checkpoint belongs to the walk that wants to use it.</summary>
    /// <param name="strategy">Name of the strategy that would continue.</param>
    /// <param name="identity">The query, server and range of this run. A range that is not pinned yet is not compared.</param>
    /// <exception cref="CheckpointMismatchException">A value differs. The exception has both values.</exception>
    public void EnsureFits(string strategy, WalkIdentity identity)
    {
        if (Version > CurrentVersion)
            throw new CheckpointMismatchException("layout version", Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                $"up to {CurrentVersion}");
        Compare("strategy", Strategy, strategy);
        Compare("system", Identity.System, identity.System);
        Compare("server", Identity.Host, identity.Host);
        // Version 1 has no tenant.
        if (Version > 1)
            Compare("tenant", Tenant(Identity), Tenant(identity));
        Compare("repository", Identity.Repository, identity.Repository);
        Compare("query", Identity.Query, identity.Query);
        Compare("query arguments (hash)", Identity.QueryHash, identity.QueryHash);
        if (identity.RangeStart is not null)
            Compare("start", Text(Identity.RangeStart), Text(identity.RangeStart));
        if (identity.RangeEnd is not null)
            Compare("end", Text(Identity.RangeEnd), Text(identity.RangeEnd));
    }

    private static string Tenant(WalkIdentity identity) => identity.Tenant ?? "(the account's own)";

    private static string Text(long? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "(not pinned)";

    private static void Compare(string what, string saved, string asked)
    {
        if (!string.Equals(saved, asked, StringComparison.Ordinal))
            throw new CheckpointMismatchException(what, saved, asked);
    }
}
