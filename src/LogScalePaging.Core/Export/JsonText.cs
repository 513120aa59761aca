namespace LogScalePaging.Export;

/// <summary>What a JSON text holds that needs care when it becomes something else.</summary>
[Flags]
internal enum JsonText : byte
{
    Plain = 0,
    /// <summary>A comma, quote, carriage return or line feed.</summary>
    Delimiter = 1,
    /// <summary>A backslash: the text must be decoded.</summary>
    Escaped = 2,
    /// <summary>Bytes outside ASCII, which may not be good UTF-8.</summary>
    NonAscii = 4,
    /// <summary>The closing quote; never part of a result.</summary>
    Quote = 8,
}
