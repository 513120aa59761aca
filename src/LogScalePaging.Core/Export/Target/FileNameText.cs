using System.Text;
using LogScalePaging.Common;

namespace LogScalePaging.Export.Target;

/// <summary>Makes text of a user or a server safe as a part of a file name on every system.</summary>
internal static class FileNameText
{
    /// <summary>
    /// Longest result, in characters: a name has at most 255 bytes on most systems, and this leaves room for other parts.
    /// </summary>
    public const int MaxLength = 60;

    // What Windows refuses in a name, on every system: an export may be copied there.
    private static readonly char[] s_refused = ['<', '>', ':', '"', '/', '\\', '|', '?', '*'];

    // Windows opens a device for these names, also with an extension.
    private static readonly HashSet<string> s_devices = new(StringComparer.OrdinalIgnoreCase) { "CON", "PRN", "AUX", "NUL" };

    /// <summary>The text with <c>-</c> in place of refused characters; <c>_</c> if nothing is left.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var c in text)
        {
            if (clean.Length == MaxLength)
                break;
            clean.Append(s_refused.Contains(c) || Printable.IsUnsafe(c) || char.IsSurrogate(c) ? '-' : c);
        }
        // A value of dots would name the folder or its parent, and Windows removes dots and spaces at the end.
        var name = clean.ToString().Trim('.', ' ');
        return name.Length == 0 || IsDevice(name) ? "_" + name : name;
    }

    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0];
        return s_devices.Contains(stem)
            || (stem.Length == 4 && char.IsDigit(stem[3]) && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase)
                || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)));
    }
}
