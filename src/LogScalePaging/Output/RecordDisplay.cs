using System.Management.Automation;
using System.Text;

namespace LogScalePaging;

/// <summary>Texts of the format views of records, whose fields differ from list to list and from dataset to dataset.</summary>
public static class RecordDisplay
{
    // More does not fit on a line of any screen.
    private const int Longest = 300;

    private static readonly string[] s_ids = ["composite_id", "device_id", "event_id", "id"];

    /// <summary>The field that identifies a record of Falcon or Tanium.</summary>
    public static string Id(PSObject? record) => IdName(record) is { } name ? Display.Text(record!.Properties[name].Value) : "";

    /// <summary>The first simple fields, without the id and without times that have their own column.</summary>
    public static string Content(PSObject? record)
    {
        var id = IdName(record);
        var text = new StringBuilder();
        foreach (var property in (IEnumerable<PSPropertyInfo>?)record?.Properties ?? [])
        {
            if (text.Length > Longest)
                break;
            if (property.Name == id || property.Name.StartsWith("_", StringComparison.Ordinal) || !IsSimple(property.Value))
                continue;
            if (text.Length > 0)
                text.Append(' ');
            text.Append(Display.Text(property.Name)).Append('=').Append(Display.Text(property.Value));
        }
        return text.ToString();
    }

    private static string? IdName(PSObject? record) => s_ids.FirstOrDefault(name => record?.Properties[name] is not null);

    private static bool IsSimple(object? value) => value is string { Length: > 0 } or ValueType;
}
