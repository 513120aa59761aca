using System.Runtime.InteropServices;
using System.Security;

namespace LogScalePaging.Transport.Secrets;

/// <summary>Turns a <see cref="SecureString"/> into text.</summary>
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
