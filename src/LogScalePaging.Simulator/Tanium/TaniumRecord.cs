using System.Text;
using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Tanium;

/// <summary>A record of a collection. Its fields follow from its number.</summary>
internal sealed class TaniumRecord(int number)
{
    private const int NestedTooDeeply = 300;

    public int Number { get; } = number;

    public string Id => FormattableString.Invariant($"{Number + 1}");

    /// <summary>Writes the fields that a query asks for.</summary>
    /// <exception cref="GraphException">It has no such field.</exception>
    public void Write(ByteWriter json, IReadOnlyList<GraphField> fields, string type)
    {
        json.Add((byte)'{');
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0)
                json.Add((byte)',');
            json.AddString(fields[i].Alias).Add((byte)':');
            Write(json, fields[i], type);
        }
        json.Add((byte)'}');
    }

    private void Write(ByteWriter json, GraphField field, string type)
    {
        switch (field.Name)
        {
            case "id":
                json.AddString(Id);
                break;
            case "name":
                json.AddString(FormattableString.Invariant($"host-{Number:d5}.example.com"));
                break;
            case "ipAddress":
                json.AddString(FormattableString.Invariant($"10.{Number >> 16 & 255}.{Number >> 8 & 255}.{Number & 255}"));
                break;
            case "serial":
                // Beyond 2^53.
                json.Add(9_007_199_254_740_993 + Number);
                break;
            case "lastLoggedInUser":
                json.Add("null"u8);
                break;
            case "tags":
                json.Add("[\"a\",\"b\"]"u8);
                break;
            case "nested":
                // An object of PowerShell has at most 100 levels.
                json.Add(Number == NestedTooDeeply ? Encoding.ASCII.GetBytes(new string('[', 120) + new string(']', 120)) : "null"u8);
                break;
            case "os":
                Os(json, field.Fields);
                break;
            default:
                throw GraphException.Unknown(field.Name, type);
        }
    }

    private void Os(ByteWriter json, IReadOnlyList<GraphField> fields)
    {
        if (fields.Count == 0)
            throw new GraphException("Field \"os\" of type \"EndpointOs\" must have a selection of subfields.");
        json.Add((byte)'{');
        for (var i = 0; i < fields.Count; i++)
        {
            var value = fields[i].Name switch
            {
                "name" => Number % 3 == 0 ? "Windows 11 Enterprise" : "Ubuntu 24.04",
                "platform" => Number % 3 == 0 ? "Windows" : "Linux",
                _ => throw GraphException.Unknown(fields[i].Name, "EndpointOs"),
            };
            json.Add(i > 0 ? ","u8 : default).AddString(fields[i].Alias).Add((byte)':').AddString(value);
        }
        json.Add((byte)'}');
    }
}
