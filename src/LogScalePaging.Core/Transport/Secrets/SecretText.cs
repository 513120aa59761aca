using System.Runtime.InteropServices;
using System.Security;

namespace LogScalePaging.Transport.Secrets;

/// <summary>Turns a <see cref="SecureString"/> into text.</summary>
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
