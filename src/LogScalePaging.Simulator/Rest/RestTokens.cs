using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Rest;

/// <summary>A page token: what it leads on from.</summary>
/// <param name="Text">The token.</param>
/// <param name="Path">The endpoint that made it.</param>
/// <param name="Query">Filter and order that it is for.</param>
/// <param name="Value">The sort value of the last record before it.</param>
/// <param name="Number">The number of that record.</param>
/// <param name="Made">When it was made.</param>
internal sealed record RestToken(string Text, string Path, string Query, string Value, int Number, DateTimeOffset Made);

/// <summary>The page tokens that were made. Not thread safe: the pages lock.</summary>
internal sealed class RestTokens(FalconRestOptions options, int seed)
{
    private readonly Dictionary<string, RestToken> _tokens = new(StringComparer.Ordinal);
    private Randomness _letters = new(unchecked((ulong)seed + 177));

    /// <summary>The first token that a page had.</summary>
    public RestToken? First { get; set; }

    /// <summary>Makes a token.</summary>
    public RestToken Make(string path, string query, string value, int number, DateTimeOffset now)
    {
        string letters = Utf8.Text(_letters.Letters(20));
        string text = options.PlainTokens ? letters : "T+" + letters + "/==";
        var token = new RestToken(text, path, query, value, number, now);
        return _tokens[token.Text] = token;
    }

    public RestToken? Find(string text) => _tokens.TryGetValue(text, out RestToken? token) ? token : null;
}
