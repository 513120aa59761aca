using LogScalePaging.Common;

namespace LogScalePaging.Transport.Http;

/// <summary>Reads the base URL of a server as a user wrote it.</summary>
internal static class BaseUrlText
{
    /// <param name="text">The text.</param>
    /// <param name="insteadOfCredentials">A sentence that says where to put the credentials instead.</param>
    /// <exception cref="ArgumentException">The text is not a base URL. The message says why.</exception>
    public static Uri Parse(string text, string insteadOfCredentials)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new ArgumentException($"'{Printable.Line(text)}' is not a base URL. Write it with its scheme, for example "
                + "https://cloud.example.com.");
        if (url.UserInfo.Length > 0)
            throw new ArgumentException($"The base URL contains credentials. {insteadOfCredentials}");
        if (url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new ArgumentException($"'{Printable.Line(url.GetLeftPart(UriPartial.Path))}' has a query or fragment, so it is not a "
                + "base URL. Remove '?' or '#' and the text after it.");
        return url;
    }
}
