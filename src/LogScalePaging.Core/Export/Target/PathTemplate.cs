using System.Globalization;
using System.Text;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;

namespace LogScalePaging.Export.Target;

/// <summary>
/// A path with named placeholders, such as <c>events-{start:yyyy-MM-dd}.ndjson</c>. A doubled brace is a brace of the path.
/// </summary>
public sealed class PathTemplate
{
    private readonly List<Piece> _pieces;

    private PathTemplate(string text, List<Piece> pieces)
    {
        (Text, _pieces) = (text, pieces);
        Names = pieces.Where(p => p.Name is not null).Select(p => p.Name!).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
    }

    /// <summary>The path as the user wrote it.</summary>
    public string Text { get; }

    /// <summary>The placeholders, each once.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>True if the path has no placeholder: all outputs would have the same path.</summary>
    public bool IsFixed => Names.Count == 0;

    /// <summary>Reads a path.</summary>
    /// <param name="path">The path, with or without placeholders.</param>
    /// <param name="known">The placeholders that can be filled. Their case does not matter.</param>
    /// <exception cref="ExportException">
    /// <see cref="ExportErrorKind.BadPath"/>: a placeholder is not known, has no name, or a brace has no partner.
    /// </exception>
    public static PathTemplate Parse(string path, IReadOnlyCollection<string> known)
    {
        List<Piece> pieces = [];
        var literal = new StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c is not ('{' or '}'))
            {
                literal.Append(c);
            }
            else if (i + 1 < path.Length && path[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else
            {
                var end = c == '{' ? path.IndexOf('}', i) : -1;
                if (end < 0)
                    throw Bad(path, $"it has a '{c}' without a partner", known);
                pieces.Add(new(literal.ToString(), null, null));
                literal.Clear();
                pieces.Add(Placeholder(path, path.Substring(i + 1, end - i - 1), known));
                i = end;
            }
        }
        pieces.Add(new(literal.ToString(), null, null));
        return new(path, pieces);
    }

    /// <summary>True if the path has this placeholder.</summary>
    public bool Has(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The path with values in place of the placeholders. Characters of a value that a file name cannot have on every system, folder
    /// separators too, become <c>-</c>, so a value never leaves its place in the path.
    /// </summary>
    /// <param name="value">
    /// Gets a placeholder's name in lower case and returns its value: text, a number or a <see cref="DateTimeOffset"/>, which is written in
    /// UTC; null if this output has none.
    /// </param>
    /// <exception cref="ExportException">
    /// <see cref="ExportErrorKind.BadPath"/>: this output has no value for a placeholder, or a format does not fit its value.
    /// </exception>
    public string Fill(Func<string, object?> value)
    {
        var path = new StringBuilder();
        foreach (var piece in _pieces)
        {
            path.Append(piece.Literal);
            if (piece.Name is not { } name)
                continue;
            var text = Written(name, piece.Format, value(name.ToLowerInvariant()));
            path.Append(FileNameText.Clean(text));
        }
        return path.ToString();
    }

    private string Written(string name, string? format, object? value)
    {
        try
        {
            return value switch
            {
                null => throw new ExportException(ExportErrorKind.BadPath, Text, $"The path '{Printable.Line(Text)}' has the placeholder "
                    + $"{{{Printable.Line(name)}}}, but there is no value for it here. Remove it from the path."),
                DateTimeOffset time => time.ToUniversalTime().ToString(format ?? "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
                IFormattable number => number.ToString(format, CultureInfo.InvariantCulture),
                _ when format is null => value.ToString() ?? "",
                _ => throw new FormatException("It is text, and only times and numbers have a format."),
            };
        }
        catch (FormatException e)
        {
            throw new ExportException(ExportErrorKind.BadPath, Text, $"The path '{Printable.Line(Text)}' has the placeholder "
                + $"{{{Printable.Line(name)}:{Printable.Line(format!)}}}, whose format is not valid. {e.Message}", e);
        }
    }

    private static Piece Placeholder(string path, string inner, IReadOnlyCollection<string> known)
    {
        var colon = inner.IndexOf(':');
        var name = (colon < 0 ? inner : inner.Substring(0, colon)).Trim();
        if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw Bad(path, $"it has the unknown placeholder '{{{Printable.Line(name)}}}'", known);
        return new("", name, colon < 0 || colon == inner.Length - 1 ? null : inner.Substring(colon + 1));
    }

    private static ExportException Bad(string path, string why, IReadOnlyCollection<string> known) => new(
        ExportErrorKind.BadPath,
        path,
        $"The path '{Printable.Line(path)}' cannot be used: {why}. "
        + (known.Count == 0
            ? "No placeholder can be used here. "
            : $"Known placeholders: {string.Join(", ", known.Select(n => $"{{{n}}}"))}. ")
        + "Double a brace that is part of the name: '{{' or '}}'.");

    private readonly record struct Piece(string Literal, string? Name, string? Format);
}
