using LogScalePaging.Common;

namespace LogScalePaging.Falcon.SignIn;

/// <summary>Names of child tenants, as users and the console write them.</summary>
public static class MemberCids
{
    private const int Length = 32;

    /// <summary>A CID in the form of the token endpoint.</summary>
    /// <param name="text">The CID, with or without its checksum.</param>
    /// <exception cref="ArgumentException">
    /// It is empty or not a CID. An empty CID would mean the client's own tenant, so it is never accepted here.
    /// </exception>
    public static string Parse(string? text) => FalconCredential.NormaliseCid(text)
        ?? throw new ArgumentException("The member CID is empty. The client's own tenant is never used in its place.");

    /// <summary>The CIDs, each once, in their order.</summary>
    /// <param name="texts">CIDs. Each text can have several, with commas between them.</param>
    /// <exception cref="ArgumentException">One of them is empty or not a CID, or there is none.</exception>
    public static IReadOnlyList<string> ParseAll(IEnumerable<string?> texts)
    {
        string[] all = [.. texts.SelectMany(text => (text ?? "").Split(',')).Select(Parse).Distinct(StringComparer.Ordinal)];
        return all.Length > 0 ? all : throw new ArgumentException("There is no member CID.");
    }

    /// <summary>The CID in a text of a server; null if the text is not a CID, so that it says nothing about the tenant.</summary>
    internal static string? Recognise(string? text)
    {
        if (text is null || text.Length is not (Length or Length + 3) || (text.Length > Length && text[Length] != '-'))
            return null;
        var cid = text.Substring(0, Length).ToLowerInvariant();
        return cid.All(c => c is >= '0' and <= '9' or >= 'a' and <= 'f') ? cid : null;
    }

    /// <summary>A CID for a message.</summary>
    internal static string Show(string? cid) => cid is null ? "the client's own tenant" : Printable.Line(cid);
}
