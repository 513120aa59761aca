using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Tanium;

/// <summary>Writes one connection as the query asks for it.</summary>
internal sealed class TaniumAnswerWriter(
    TaniumSimulatorOptions options, TaniumCollection collection, List<TaniumFaultKind> faults, ByteWriter json, List<string> errors)
{
    private string Type => char.ToUpperInvariant(collection.Field.Name[0]) + collection.Field.Name.Substring(1) + "Connection";

    /// <exception cref="GraphException">The connection has no such field.</exception>
    public void Write(GraphField field, TaniumSlice slice, long total) => Object(field.Fields, asked =>
    {
        switch (asked.Name)
        {
            case "edges":
                Edges(asked, slice);
                break;
            case "pageInfo":
                PageInfo(asked, slice);
                break;
            case var name when name == collection.Field.Total && collection.Field.HasTotal:
                json.Add(total);
                break;
            case "collectionInfo" when collection.Field.HasCollectionInfo:
                CollectionInfo(asked);
                break;
            default:
                throw GraphException.Unknown(asked.Name, Type);
        }
    });

    private void Edges(GraphField edges, TaniumSlice slice)
    {
        json.Add((byte)'[');
        for (var i = slice.Start; i < slice.End; i++)
        {
            var index = i;
            json.Add(i > slice.Start ? ","u8 : default);
            Object(edges.Fields, asked =>
            {
                if (asked.Name == "cursor")
                    json.AddString(collection.CursorAt(index));
                else if (asked.Name == "node" && index == slice.Start && faults.Contains(TaniumFaultKind.NullNode))
                    Fail(asked, "null"u8);
                else if (asked.Name == "node")
                    Node(asked, index, index == slice.Start);
                else
                    throw GraphException.Unknown(asked.Name, Type.Replace("Connection", "Edge"));
            });
        }
        json.Add((byte)']');
    }

    private void Node(GraphField node, int index, bool isFirst)
    {
        collection[index].Write(json, node.Fields, Type.Replace("sConnection", ""));
        if (isFirst && faults.Contains(TaniumFaultKind.ErrorsBesideData))
            errors.Add(TaniumApi.ErrorOf("one field could not be read", node.Alias));
    }

    private void Fail(GraphField field, ReadOnlySpan<byte> value)
    {
        json.Add(value);
        errors.Add(TaniumApi.ErrorOf("one record could not be read", field.Alias));
    }

    private void PageInfo(GraphField info, TaniumSlice slice)
    {
        var isCut = faults.Contains(TaniumFaultKind.EarlyEnd);
        (var next, var previous) = (slice.End < collection.Count && !isCut, slice.Start > 0 && !isCut);
        Object(info.Fields, asked =>
        {
            switch (asked.Name)
            {
                case "hasNextPage":
                    Flag(next);
                    break;
                case "hasPreviousPage" when collection.Field.HasBackward:
                    Flag(previous);
                    break;
                case "endCursor":
                    Cursor(slice, slice.End - 1, !slice.Backward && next);
                    break;
                case "startCursor" when collection.Field.HasBackward:
                    Cursor(slice, slice.Start, slice.Backward && previous);
                    break;
                default:
                    throw GraphException.Unknown(asked.Name, "PageInfo");
            }
        });
    }

    // An empty page leads on to where it began, by another cursor.
    private void Cursor(TaniumSlice slice, int index, bool leadsOn)
    {
        var cursor = slice.End > slice.Start ? collection.CursorAt(index)
            : leadsOn ? collection.Cursors.Another(slice.Sent, slice.Backward)
            : null;
        if (leadsOn)
        {
            collection.Cursors.First ??= cursor;
            cursor = faults.Contains(TaniumFaultKind.NullCursor) ? null
                : faults.Contains(TaniumFaultKind.EmptyCursor) ? ""
                : faults.Contains(TaniumFaultKind.RepeatedCursor) ? slice.Sent
                : faults.Contains(TaniumFaultKind.FirstCursor) ? collection.Cursors.First
                : cursor;
        }
        if (cursor is null)
            json.Add("null"u8);
        else
            json.AddString(cursor);
    }

    private void CollectionInfo(GraphField info) => Object(info.Fields, asked =>
    {
        switch (asked.Name)
        {
            case "active":
                json.Add("false"u8);
                break;
            case "contributedTotal" or "respondedTotal":
                json.Add(options.Responded ?? collection.Count);
                break;
            case "expectedTotal":
                json.Add(collection.Count);
                break;
            case "respondedPercentage":
                json.Add(100L * (options.Responded ?? collection.Count) / Math.Max(1, collection.Count));
                break;
            case "startCursor":
                json.AddString(collection.Cursors.Start);
                break;
            case "success":
                Flag(options.Success);
                break;
            default:
                throw GraphException.Unknown(asked.Name, "EndpointCollectionInfo");
        }
    });

    private void Object(IReadOnlyList<GraphField> fields, Action<GraphField> write)
    {
        json.Add((byte)'{');
        for (var i = 0; i < fields.Count; i++)
        {
            json.Add(i > 0 ? ","u8 : default).AddString(fields[i].Alias).Add((byte)':');
            write(fields[i]);
        }
        json.Add((byte)'}');
    }

    private void Flag(bool value) => json.Add(value ? "true"u8 : "false"u8);
}
