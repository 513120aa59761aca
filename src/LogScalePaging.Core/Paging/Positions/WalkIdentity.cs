using System.Security.Cryptography;
using System.Text;
using LogScalePaging.Common;

namespace LogScalePaging.Paging.Positions;

/// <summary>
/// The query, server and range: the part of a checkpoint and of a manifest that must be the same when a run is resumed.
/// </summary>
/// <param name="System">The kind of server, such as <c>LogScale</c>.</param>
/// <param name="Host">Scheme, host and port of the server, without credentials.</param>
/// <param name="Repository">Repository, data set or endpoint.</param>
/// <param name="Query">The query as the user wrote it.</param>
/// <param name="RangeStart">
/// Pinned start in the unit of the records' times: milliseconds since 1970 UTC, or nanoseconds; null if it is not pinned yet.
/// </param>
/// <param name="RangeEnd">Pinned end in the same unit; null if it is not pinned yet.</param>
public sealed record WalkIdentity(string System, string Host, string Repository, string Query, long? RangeStart = null,
    long? RangeEnd = null)
{
    /// <summary>
    /// Tenant of the server whose data are read: the member CID of Falcon. Null for the account's own data, and without tenants.
    /// </summary>
    public string? Tenant { get; init; }

    /// <summary>
    /// Query arguments (<c>?name</c> in the query), ordered by name. They change the result, so they are part of the hash.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the query and its arguments in UTF-8.</summary>
    public string QueryHash
    {
        get
        {
            var text = new StringBuilder(Query);
            foreach (var argument in (Arguments ?? new Dictionary<string, string>()).OrderBy(a => a.Key, StringComparer.Ordinal))
                text.Append('\0').Append(argument.Key).Append('=').Append(argument.Value);
            using var sha = SHA256.Create();
            return Hex.Lower(sha.ComputeHash(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }
}
