namespace LogScalePaging.Common;

internal static class Hex
{
    /// <summary>Lower-case hexadecimal, as <c>sha256sum</c> prints it.</summary>
    public static string Lower(byte[] bytes)
    {
        const string digits = "0123456789abcdef";
        var text = new char[bytes.Length * 2];
        for (var i = 0; i < bytes.Length; i++)
        {
            text[2 * i] = digits[bytes[i] >> 4];
            text[(2 * i) + 1] = digits[bytes[i] & 15];
        }
        return new string(text);
    }
}
