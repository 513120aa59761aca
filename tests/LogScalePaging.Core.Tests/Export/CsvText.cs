using System.Text;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>A plain reader of RFC 4180 that shares no code with the writer.</summary>
internal static class CsvText
{
    public static List<List<string>> Parse(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                    cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[++i]);
                else
                    quoted = false;
                continue;
            }
            switch (c)
            {
                case '"':
                    quoted = true;
                    break;
                case ',':
                    row.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r':
                    Assert.Equal('\n', text[++i]);
                    row.Add(cell.ToString());
                    rows.Add(row);
                    (row, cell) = ([], new StringBuilder());
                    break;
                default:
                    Assert.NotEqual('\n', c);
                    cell.Append(c);
                    break;
            }
        }
        Assert.False(quoted);
        Assert.Empty(row);
        Assert.Equal(0, cell.Length);
        return rows;
    }

    /// <summary>Rows by column. As in most readers, a missing field equals an empty one.</summary>
    public static List<Dictionary<string, string>> Records(string text)
    {
        var rows = Parse(text);
        return [.. rows.Skip(1).Select(r => rows[0].Zip(r).ToDictionary(c => c.First, c => c.Second))];
    }
}
