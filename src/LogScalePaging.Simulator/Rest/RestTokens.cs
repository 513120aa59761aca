using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Rest;

/// <summary>A page token, and the record after which its page begins.</summary>
/// <param name="Text">The token.</param>
/// <param name="Path">The endpoint that issued it.</param>
/// <param name="Query">Filter and order of its list.</param>
/// <param name="Value">The sort value of that record.</param>
/// <param name="Number">The number of that record.</param>
/// <param name="Made">When it was issued.</param>
internal sealed record RestToken(string Text, string Path, string Query, string Value, int Number, DateTimeOffset Made);

/// <summary>The issued page tokens. Not thread safe: the callers use a lock.</summary>
internal sealed class RestTokens(int seed)
{
    private readonly Dictionary<string, RestToken> _tokens = new(StringComparer.Ordinal);
    private Randomness _letters = new(unchecked((ulong)seed + 177));

    /// <summary>The first issued token.</summary>
    public RestToken? First { get; set; }

    /// <summary>Issues a token. It contains a plus sign, a slash and equals signs, as base64 can.</summary>
    public RestToken Make(string path, string query, string value, int number, DateTimeOffset now)
    {
        var token = new RestToken("T+" + Utf8.Text(_letters.Letters(20)) + "/==", path, query, value, number, now);
        return _tokens[token.Text] = token;
    }

    public RestToken? Find(string text) => _tokens.TryGetValue(text, out var token) ? token : null;
}
