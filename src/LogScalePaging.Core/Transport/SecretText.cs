using System.Runtime.InteropServices;
using System.Security;

namespace LogScalePaging.Transport;

/// <summary>Turns a <see cref="SecureString"/> into text for as long as a request takes, and keeps secrets out of other text.</summary>
internal static class SecretText
{
    /// <summary>The text; let go of it soon.</summary>
    public static string Reveal(SecureString secret)
    {
        var memory = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(memory, secret.Length) ?? "";
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
        }
    }

    /// <summary>The text without the secret: servers and proxies echo what they were sent.</summary>
    public static string Hide(string text, string? secret) =>
        // Shorter than this it is no secret, and replacing it would make the text unreadable.
        secret is { Length: >= 4 } ? text.Replace(secret, "***") : text;

    /// <summary>Whether the text can stand in a header: visible ASCII.</summary>
    public static bool IsHeaderSafe(string text)
    {
        foreach (var c in text)
        {
            if (c is <= ' ' or > '~')
                return false;
        }
        return text.Length > 0;
    }
}
