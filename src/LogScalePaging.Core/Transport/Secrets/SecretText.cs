using System.Runtime.InteropServices;
using System.Security;

namespace LogScalePaging.Transport.Secrets;

/// <summary>Turns a <see cref="SecureString"/> into text and back.</summary>
internal static class SecretText
{
    /// <summary>The text. Keep it for a short time only.</summary>
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

    /// <summary>A secret made from text; null for none.</summary>
    public static SecureString? Protect(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var secret = new SecureString();
        foreach (var c in text!)
            secret.AppendChar(c);
        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>Whether the text is valid in a header: visible ASCII.</summary>
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
