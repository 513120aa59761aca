using System.Globalization;
using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Rest;

/// <summary>A record of the REST API. Its resource and its number determine its fields.</summary>
internal sealed class RestRecord
{
    private static readonly DateTimeOffset s_first = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_times = ["first_seen", "created_timestamp", "created_on"];
    private readonly Dictionary<string, string> _texts;

    /// <param name="resource">Name of the resource.</param>
    /// <param name="idField">The field that identifies it.</param>
    /// <param name="number">Its number.</param>
    /// <param name="time">Its time; null for a record without times.</param>
    /// <param name="cid">The child tenant that has it; null for the account.</param>
    public RestRecord(string resource, string idField, int number, DateTimeOffset? time, string? cid = null)
    {
        resource += cid;
        Number = number;
        // The form of the ids is the one that PSFalcon accepts.
        Id = resource.Substring(0, resource.Length - (cid?.Length ?? 0)) switch
        {
            "alerts" => FormattableString.Invariant($"c0ffee:ind:{Hash(resource, number)}:{number}"),
            "vulnerabilities" => FormattableString.Invariant($"{Hash(resource, number)}_{number:x32}"),
            "indicators" => Hash(resource, number) + Hash("sha256", number),
            _ => Hash(resource, number),
        };
        _texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [idField] = Id,
            ["hostname"] = FormattableString.Invariant($"host-{number % 500:d3}"),
            ["status"] = number % 3 == 0 ? "open" : "closed",
        };
        if (cid is not null)
            _texts["cid"] = cid;
        var created = time?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        foreach (var field in created is null ? [] : s_times)
            _texts[field] = created!;
        var json = new ByteWriter();
        json.Add((byte)'{');
        foreach (var text in _texts)
            json.AddString(text.Key).Add((byte)':').AddString(text.Value).Add((byte)',');
        // A number beyond 2^53, and a nested object.
        json.Add("\"agent_id\":"u8).Add(9_007_199_254_740_993 + number).Add(",\"risk\":0.10,\"policies\":[{\"id\":\"p"u8).Add(number % 7)
            .Add("\",\"applied\":true}],\"tags\":[],\"notes\":null}"u8);
        Json = json.ToArray();
    }

    /// <summary>A child tenant as Flight Control describes it.</summary>
    public RestRecord(GatewayTenant child, int number)
    {
        (Number, Id) = (number, child.Cid);
        _texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["checksum"] = child.Checksum,
            ["child_cid"] = child.Cid,
            ["child_of"] = new string('0', 32),
            ["name"] = child.Name,
            ["status"] = child.Status,
        };
        var json = new ByteWriter().Add((byte)'{');
        foreach (var text in _texts)
            json.Add(json.Length > 1 ? ","u8 : ""u8).AddString(text.Key).Add((byte)':').AddString(text.Value);
        Json = json.Add(",\"domains\":[]}"u8).ToArray();
    }

    public int Number { get; }

    /// <summary>The usual time of a record: one per second.</summary>
    public static DateTimeOffset TimeOf(int number) => s_first + TimeSpan.FromSeconds(number);

    public string Id { get; }

    public byte[] Json { get; }

    /// <summary>The text of a field; empty if the record does not have the field.</summary>
    public string this[string field] => _texts.TryGetValue(field, out var text) ? text : "";

    private static string Hash(string resource, int number)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var c in resource + number.ToString(CultureInfo.InvariantCulture))
            hash = unchecked((hash ^ c) * 1_099_511_628_211);
        return hash.ToString("x16", CultureInfo.InvariantCulture) + unchecked(hash * 31).ToString("x16", CultureInfo.InvariantCulture);
    }
}
