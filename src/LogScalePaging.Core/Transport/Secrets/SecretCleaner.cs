using System.Text.RegularExpressions;

namespace LogScalePaging.Transport.Secrets;

/// <summary>
/// Removes the secrets of a connection from free text, in every form in which a server or proxy may return them. Every message, signal,
/// manifest text and progress text passes this class before it is shortened, because a shortened text could end with a part of a secret
/// that is not found. Event data, numbers, hashes and identifiers of this program do not pass it. Safe for many threads.
/// </summary>
internal sealed class SecretCleaner
{
    private const string Instead = "***";

    // Shorter secrets also occur in ordinary words. They are removed only where they appear as credentials.
    private const int Shortest = 8;

    // Tokens are renewed twice an hour. This keeps the tokens of five days.
    private const int MostSecrets = 256;

    // If a text was cut within a secret, the beginning is removed from this length on.
    private const int ShortestBeginning = 4;

    private readonly object _gate = new();
    private readonly Queue<string> _secrets = new();
    private Forms _forms = Forms.None;

    /// <summary>Adds a secret. A known one costs next to nothing.</summary>
    public void Keep(string? secret)
    {
        if (string.IsNullOrEmpty(secret))
            return;
        lock (_gate)
        {
            if (_secrets.Contains(secret!))
                return;
            if (_secrets.Count == MostSecrets)
                _secrets.Dequeue();
            _secrets.Enqueue(secret!);
            Volatile.Write(ref _forms, new Forms(_secrets));
        }
    }

    /// <summary>Adds a user name and its password.</summary>
    public void Keep(string? user, string? password)
    {
        Keep(user);
        Keep(password);
        if (!string.IsNullOrEmpty(user) && !string.IsNullOrEmpty(password))
            Keep($"{user}:{password}");
    }

    /// <summary>The text without secrets.</summary>
    public string Clean(string text)
    {
        var forms = Volatile.Read(ref _forms);
        foreach (var form in forms.Long)
            text = text.Replace(form, Instead);
        return forms.Short is { } credentials ? credentials.Replace(text, Instead) : text;
    }

    /// <summary>The same for text that was cut off. A secret may have been cut with it.</summary>
    internal string CleanCut(string text)
    {
        text = Clean(text);
        var forms = Volatile.Read(ref _forms).Long;
        var longest = forms.Count == 0 ? 0 : forms.Max(form => Math.Min(form.Length - 1, text.Length));
        for (var length = longest; length >= ShortestBeginning; length--)
        {
            var end = text.Substring(text.Length - length);
            if (forms.Any(form => form.Length > length && form.StartsWith(end, StringComparison.Ordinal)))
                return text.Substring(0, text.Length - length) + Instead;
        }
        return text;
    }

    private sealed class Forms
    {
        public static readonly Forms None = new([]);

        public Forms(IReadOnlyCollection<string> secrets)
        {
            // The longest is first, because a short one may be part of it.
            var whole = secrets.SelectMany(SecretForms.Of).Where(form => form.Length >= Shortest).Distinct(StringComparer.Ordinal);
            Long = [.. whole.OrderByDescending(form => form.Length)];
            var few = secrets.Where(secret => secret.Length < Shortest).Select(Regex.Escape).ToList();
            if (few.Count == 0)
                return;
            // Bearer abc, password=abc, "token": "abc", and the user information of a URL.
            var any = $"(?:{string.Join("|", few.OrderByDescending(s => s.Length))})";
            const string Label = @"(?<![A-Za-z0-9])(?:bearer|basic|token|passwor[dt]|passwd|pwd|secret|key)[""']?(?:\s*[:=]\s*|\s+)[""']?";
            Short = new Regex(
                $@"(?<={Label}){any}(?![A-Za-z0-9])|(?<=://){any}(?=[:@])|(?<=://[^\s/@]*:){any}(?=@)",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }

        public IReadOnlyList<string> Long { get; }

        public Regex? Short { get; }
    }
}
