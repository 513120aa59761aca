namespace LogScalePaging.Simulator.Http;

internal static class HeaderText
{
    /// <summary>Whether a header's value has a word in it. Case does not matter.</summary>
    public static bool Has(this string value, string word)
    {
#if NET
        return value.Contains(word, StringComparison.OrdinalIgnoreCase);
#else
        return value.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
#endif
    }
}
