using LogScalePaging.Common;

namespace LogScalePaging.Tanium.Graph;

/// <summary>The fields of a record that are asked for: <c>id</c>, <c>os{name}</c>, <c>sensorReadings(…){…}</c>.</summary>
internal static class GraphSelection
{
    /// <summary>The field that identifies a record.</summary>
    public const string Id = "id";

    /// <summary>Cuts a list at its commas; commas within brackets separate nothing.</summary>
    public static IReadOnlyList<string> Split(string list)
    {
        var (parts, depth, start, isText) = (new List<string>(), 0, 0, false);
        for (var i = 0; i <= list.Length; i++)
        {
            if (i < list.Length && (list[i] != ',' || depth > 0 || isText))
            {
                if (list[i] == '"' && (i == 0 || list[i - 1] != '\\'))
                    isText = !isText;
                if (!isText)
                    depth += list[i] is '{' or '(' or '[' ? 1 : list[i] is '}' or ')' or ']' ? -1 : 0;
                continue;
            }
            if (list.Substring(start, i - start).Trim() is { Length: > 0 } part)
                parts.Add(part);
            start = i + 1;
        }
        return parts;
    }

    /// <summary>The name under which a record has the value of a selection: that of the field, or the alias before it.</summary>
    /// <exception cref="ArgumentException">It is not one field.</exception>
    public static string NameOf(string selection)
    {
        IReadOnlyList<GraphToken> tokens;
        try
        {
            tokens = GraphLexer.Read(selection);
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"'{Printable.Line(selection)}' is not a field of a record. {e.Message}", e);
        }
        // One name, perhaps with an alias before it, then only what stands in brackets. More would leave the selection of the record.
        var outside = tokens.Where(t => t.Depth == 0 && !(t.Kind == GraphTokenKind.Sign && t.Text is "{" or "}" or "(" or ")")).ToList();
        var isField = outside.Count == 1 || (outside.Count == 3 && outside[1].IsSign(':') && outside[2].IsName());
        if (isField && outside.Count > 1 && outside[0].IsName(Id))
        {
            throw new ArgumentException($"'{Printable.Line(selection)}' gives the name id to another field. Records are told apart by "
                + "their own id.");
        }
        return isField && outside[0].IsName() && tokens[0] == outside[0]
            ? outside[0].Text
            : throw new ArgumentException($"'{Printable.Line(selection)}' is not a field of a record. Write a name, or a name with its own "
                + "fields, such as os{name platform}.");
    }
}
